import { afterEach, expect, it } from 'vitest'
import type { ChatClient } from '../../../clients/core/client.ts'
import { createHttp } from '../../../clients/core/line/http.ts'
import { isUnauthorized } from '../../../clients/core/line/socket-transport.ts'
import { createStreamLine } from '../../../clients/core/line/stream-line.ts'
import type { Transport } from '../../../clients/core/line/transport.ts'
import { aChat } from '../../support/chat.ts'
import { anHttpProxy } from '../../support/http-proxy.ts'
import { aClient, aWidget } from '../../support/widget.ts'

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const poll = <T>(read: () => T) => expect.poll(read, { timeout: 20_000, interval: 20 })
const texts = (client: ChatClient) => client.state().conversation.messages.map(({ content }) => content)

/** A chat behind a proxy without WebSocket, and an agent who is not. */
async function aTalk(connectTo: (url: string) => ChatClient) {
  const chat = await aChat({ times: { heartbeat: 200 } })
  closing.push(chat.close)
  const proxy = await anHttpProxy(chat.node().url)
  closing.push(proxy.close)
  const client = connectTo(proxy.url)
  closing.push(client.stop)
  client.send('hello')
  await poll(() => texts(client)).toEqual(['hello'])
  const sessionId = client.state().sessionId ?? ''
  const { token } = await chat.agent()
  const agent = chat.connect(token)
  await agent.ask('agent_join', { sessionId })
  const answer = (text: string) => agent.ask('send_message', chat.aMessage(sessionId, text))
  return { chat, proxy, client, agent, answer, sessionId }
}

/** The stream from the first moment on. */
function overStream(url: string): ChatClient {
  const http = createHttp(url)
  const later = (task: () => void, ms: number) => {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  }
  const times = { silenceMs: 1_000, beginWithinMs: 1_000 }
  const transport: Transport = {
    ...http,
    connect: (token) =>
      createStreamLine({ url, token, isRefused: isUnauthorized, call: http.call, later, random: () => 0, times }),
  }
  return aClient(transport).client
}

it('holds a chat where no WebSocket gets through', async () => {
  const { chat, proxy, client, agent, answer, sessionId } = await aTalk(aWidget)
  await answer('good morning')
  await poll(() => texts(client)).toEqual(['hello', 'good morning'])
  client.read()
  const [own] = client.state().conversation.messages
  const edited = await client.edit(own?.id ?? '', 'hello there')
  const passed = await client.close()
  await poll(() => client.state().conversation.status).toBe('closed')
  const rated = await client.rate(5)
  const log = (await chat.events(sessionId)).map(({ type, actor }) => `${type} by ${actor.kind}`)
  await poll(() => agent.frames().length).toBe(log.length - 2)
  expect({ edited: edited?.ok, passed, rated: rated?.ok, log, wasRefused: proxy.upgrades() > 0 }).toEqual({
    ...{ edited: true, passed: undefined, rated: true, wasRefused: true },
    log: [
      'session_started by visitor',
      'message by visitor',
      'agent_joined by agent',
      'message by agent',
      'message_read by visitor',
      'message_edited by visitor',
      'session_closed by visitor',
      'rated by visitor',
    ],
  })
})

it('goes on from where it was when the stream is cut', async () => {
  const { chat, proxy, client, answer, sessionId } = await aTalk(overStream)
  await answer('one')
  await poll(() => texts(client)).toEqual(['hello', 'one'])
  const before = client.state().conversation
  proxy.cutStreams()
  await answer('two')
  await answer('three')
  await poll(() => texts(client)).toEqual(['hello', 'one', 'two', 'three'])
  expect([proxy.opened.at(-1), (await chat.events(sessionId)).length]).toEqual([
    `/api/chat/sessions/${sessionId}/stream?after=${before.epoch}:${before.cursor}`,
    6,
  ])
})

it('notices a stream that has fallen silent', async () => {
  const { proxy, client, answer } = await aTalk(overStream)
  proxy.become('silent')
  await answer('into nothing')
  await poll(() => client.state().connection).toBe('offline')
  proxy.become('whole')
  await poll(() => texts(client)).toEqual(['hello', 'into nothing'])
})

it('does not wait for ever where the beginning of a stream is kept back', async () => {
  const { proxy, client, answer } = await aTalk(overStream)
  proxy.become('held')
  proxy.cutStreams()
  const opened = proxy.opened.length
  await poll(() => proxy.opened.length).toBeGreaterThan(opened + 1)
  proxy.become('whole')
  await answer('at last')
  await poll(() => texts(client)).toEqual(['hello', 'at last'])
})

it('does not open the stream anew for each message, in whichever order answer and frame come', async () => {
  const { proxy, client } = await aTalk(overStream)
  const opened = proxy.opened.length
  const own = Array.from({ length: 10 }, (_, index) => `text ${index}`)
  for (const text of own) {
    client.send(text)
    await poll(() => client.state().pending).toEqual([])
  }
  expect([texts(client), proxy.opened.length]).toEqual([['hello', ...own], opened])
})
