import { useEffect, useState } from 'preact/hooks'
import { getJson, post, type Thread, useLive } from '../../live.ts'
import { Empty, Reply } from '../../parts.tsx'
import { type Button, Message } from './message.tsx'
import { Modal, type ModalView } from './modal.tsx'
import { mrkdwn } from './words.tsx'

const me = 'U0GRACE'

interface Whisper {
  user: string
  threadTs: string | null
  text: string
}

interface Shown {
  thread: Thread | null
  /** `count`: of all so far. */
  whisper: { count: number; text: string }
  view: ModalView | null
}

/** The thread of a chat, as one of the team sees it and acts in it. */
export function SlackColumn(props: { url: string | null; channel: string; session: string | null }) {
  const { url, channel, session } = props
  const shown = useLive(url, session, (id) => read(url ?? '', channel, id))
  return (
    <>
      <div class="bar slack-bar">
        <h2># support</h2>
        <span class="badge">{url ? 'Slack, sandbox' : 'Slack, your own'}</span>
      </div>
      {!url && (
        <Empty title="Your own Slack is connected">Look into your channel: the chat arrives there as a thread.</Empty>
      )}
      {url && !shown?.thread && (
        <Empty title="No thread yet">Each chat becomes a thread here, with its first message.</Empty>
      )}
      {url && shown?.thread && (
        <OpenThread url={url} channel={channel} thread={shown.thread} whisper={shown.whisper} view={shown.view} />
      )}
    </>
  )
}

async function read(url: string, channel: string, session: string): Promise<Shown> {
  const [threads, whispers, views] = await Promise.all([
    getJson<Thread[]>(`${url}/sandbox/channels/${channel}`),
    getJson<Whisper[]>(`${url}/sandbox/whispers`),
    getJson<ModalView[]>(`${url}/sandbox/views`),
  ])
  const thread = threads.find(({ root }) => root.metadata?.event_payload.session === session) ?? null
  const told = whispers.filter(({ user, threadTs }) => user === me && (threadTs ?? thread?.root.ts) === thread?.root.ts)
  return {
    thread,
    whisper: { count: told.length, text: told.at(-1)?.text ?? '' },
    view: views.filter(({ user }) => user === me).at(-1) ?? null,
  }
}

function OpenThread(props: Omit<Shown, 'thread'> & { url: string; channel: string; thread: Thread }) {
  const { url, channel, whisper, view } = props
  const { root, replies } = props.thread
  const [problem, setProblem] = useState(false)
  /** What a command has answered, until they are told something else. */
  const [said, setSaid] = useState<string | null>(null)
  useEffect(() => setSaid(null), [whisper.count])
  const told = said ?? whisper.text
  const click = async ({ action_id: action, value }: Button) => {
    setSaid('')
    const { ok } = await post(`${url}/sandbox/clicks`, { user: me, channel, ts: root.ts, action, value })
    setProblem(!ok)
  }
  const write = (text: string) => post(`${url}/sandbox/threads/${channel}/${root.ts}/replies`, { user: me, text })
  const run = async (typed: string) => {
    const [command, ...words] = typed.split(' ')
    const answer = await post(`${url}/sandbox/commands`, { user: me, channel, command, text: words.join(' ') })
    const { body }: { body: { text?: string } | null } = await answer.json()
    setSaid(body?.text ?? '')
  }
  return (
    <>
      <div class="scroll" data-test="slack-thread" role="log" aria-label="Slack thread">
        <Message message={root} onClick={click} />
        <p class="count">
          {replies.length} {replies.length === 1 ? 'reply' : 'replies'}
        </p>
        {replies.map((reply) => (
          <Message key={reply.ts} message={reply} />
        ))}
        {told !== '' && (
          <p class="whisper" data-test="slack-whisper">
            <small>Only visible to you</small> {mrkdwn(told)}
          </p>
        )}
        {problem && <p role="alert">That did not go through. Try again.</p>}
      </div>
      {view ? (
        <Modal key={view.id} url={url} user={me} view={view} />
      ) : (
        <Reply
          label="Reply in the thread as Grace"
          button="Reply"
          test="slack-reply"
          onSend={(text) => (text.startsWith('/') ? run(text) : write(text))}
        />
      )}
    </>
  )
}
