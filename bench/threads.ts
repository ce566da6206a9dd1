import { setTimeout as wait } from 'node:timers/promises'
import { startSlack } from '../sandbox/slack/start.ts'
import { connect, quantile } from './load.ts'
import type { StoreUrls } from './run.ts'
import { deskbridge, withServer } from './servers.ts'
import { type Chat, createWriters, json } from './writers.ts'

const channels = ['C0BENCH01', 'C0BENCH02', 'C0BENCH03', 'C0BENCH04']
const chatsInEach = 25
const messagesEach = 5
/** Between two messages of a chat. ms */
const apart = 1_000
/** Slack takes one post a second in a channel, and a few at once to begin with: `slack.posts.burst` of the defaults. */
const burst = 3
const replies = 60
/** As often as a team of ten answers. Each is compared with its thread, and Slack takes about 50 reads a minute. ms */
const replyEvery = 2_000

interface Post {
  ts: string
  text: string
  metadata: { event_payload: { session?: string } } | null
}
interface Thread {
  root: Post
  replies: Post[]
}

/** What stands in the threads of the stand-in of Slack. */
function createThreads(slack: string) {
  const ofChannel = (channel: string) => json<Thread[]>(`${slack}/sandbox/channels/${channel}`)
  const said = ({ replies }: Thread) => replies.map(({ text }) => text).join('\n')
  return {
    ofChannel,
    async of({ sessionId }: Chat, channel: string): Promise<Thread | undefined> {
      return (await ofChannel(channel)).find(({ root }) => root.metadata?.event_payload.session === sessionId)
    },
    /** The messages of a chat that stand in its thread, in the thread's order. */
    messagesIn: (thread: Thread | undefined, { written }: Chat): string[] => {
      const text = thread ? said(thread) : ''
      const places = [...written.keys()].map((words) => ({ words, at: text.indexOf(words) }))
      return places
        .filter(({ at }) => at >= 0)
        .sort((a, b) => a.at - b.at)
        .map(({ words }) => words)
    },
  }
}

/** Everybody begins and writes at once: when all of it is in the threads, in order, and what one post a second allows. */
async function rush(url: string, slack: string): Promise<void> {
  const writers = createWriters(url)
  const threads = createThreads(slack)
  const start = Date.now()
  const all = await Promise.all(
    channels.flatMap((channel, index) =>
      Array.from({ length: chatsInEach }, async () => ({ channel, chat: await writers.begin(`desk-${index + 1}`) })),
    ),
  )
  const took: number[] = []
  const writing = writers.writing(
    all.map(({ chat }) => chat),
    messagesEach,
    apart,
  )
  const seen = new Map<string, number>()
  for (let left = all.length; left > 0; await wait(250)) {
    left = 0
    for (const channel of channels) {
      const there = await threads.ofChannel(channel)
      for (const { chat } of all.filter((one) => one.channel === channel)) {
        const thread = there.find(({ root }) => root.metadata?.event_payload.session === chat.sessionId)
        const messages = threads.messagesIn(thread, chat)
        for (const words of messages) if (!seen.has(words)) seen.set(words, Date.now())
        if (messages.length < messagesEach) left += 1
        else if (messages.join() !== [...chat.written.keys()].join()) throw new Error(`${chat.sessionId}: out of order`)
      }
    }
  }
  const whole = (Date.now() - start) / 1_000
  await writing
  for (const { chat } of all)
    for (const [words, at] of chat.written) took.push(Math.max(0, (seen.get(words) ?? 0) - at))
  // Each thread takes its root and, at the least, one post in which its messages stand together.
  const allowed = 2 * chatsInEach - burst
  const seconds = (share: number) => `${(quantile(took, share) / 1_000).toFixed(1)} s`
  const posts = (await Promise.all(channels.map(threads.ofChannel))).flat()
  const made = posts.reduce((sum, { replies }) => sum + 1 + replies.length, 0)
  const paced = made / channels.length - burst
  console.log(`
${all.length} chats at once in ${channels.length} channels, ${messagesEach} messages each:
  whole and in order after ${whole.toFixed(1)} s; one post a second a channel allows ${allowed} s: ${(whole / allowed).toFixed(2)}×
  a message in its thread after p50 ${seconds(0.5)}, p95 ${seconds(0.95)}; ${made} posts for ${all.length * messagesEach} messages,
  which take ${paced.toFixed(0)} s in each channel at one a second: ${(whole / paced).toFixed(2)}×`)
}

/** How long a reply takes from the thread to the visitor's screen. */
async function answers(url: string, slack: string): Promise<void> {
  const writers = createWriters(url)
  const threads = createThreads(slack)
  const [channel = ''] = channels
  const chat = await writers.begin('desk-1')
  const socket = await connect(url, chat.token)
  await socket.emitWithAck('join_chat', { sessionId: chat.sessionId })
  await writers.writing([chat], 1, 0)
  let thread: Thread | undefined
  while (!thread) {
    thread = await threads.of(chat, channel)
    await wait(100)
  }
  const took: number[] = []
  for (let n = 0; n < replies; n += 1) {
    const text = `answer ${n}`
    const shown = new Promise<void>((resolve) => {
      const listen = ({ content }: { content: string }) => {
        if (content !== text) return
        socket.off('new_message', listen)
        resolve()
      }
      socket.on('new_message', listen)
    })
    const start = performance.now()
    const body = JSON.stringify({ text })
    const headers = { 'content-type': 'application/json' }
    await json(`${slack}/sandbox/threads/${channel}/${thread.root.ts}/replies`, { method: 'POST', headers, body })
    await shown
    took.push(performance.now() - start)
    await wait(replyEvery - (performance.now() - start))
  }
  socket.close()
  const ms = (share: number) => `${quantile(took, share).toFixed(0)} ms`
  console.log(
    `\na reply in Slack is on the visitor's screen after p50 ${ms(0.5)}, p95 ${ms(0.95)}, most ${ms(1)} (${replies} replies, one every ${replyEvery / 1_000} s)`,
  )
}

/** What a hundred chats at once come to in four channels, and how soon an answer in a thread is with the customer. */
export async function threads(stores: StoreUrls): Promise<void> {
  const [channel = ''] = channels
  const secrets = { token: 'xoxb-bench', signingSecret: 'the secret of the bench' }
  const stand = await startSlack({ port: 0, factor: 1, channel, ...secrets })
  const tell = (state: object) =>
    json(`${stand.url}/sandbox/state`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(state),
    })
  await tell({ joined: channels })
  const env = {
    DESKBRIDGE_ROLE: 'all',
    SLACK_BOT_TOKEN: secrets.token,
    SLACK_SIGNING_SECRET: secrets.signingSecret,
    SLACK_API_URL: `${stand.url}/api/`,
    SLACK_CHANNEL: channel,
  }
  try {
    await withServer({ ...deskbridge, settings: 'bench/threads.yaml', env }, stores, async (url) => {
      await tell({ eventsUrl: `${url}/connectors/slack/events` })
      await answers(url, stand.url)
      await rush(url, stand.url)
    })
  } finally {
    await stand.stop()
  }
}
