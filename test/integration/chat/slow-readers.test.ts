import { afterEach, expect, it } from 'vitest'
import { aTalk as aTalkOf, type ChatClient, type TestChat } from '../../support/chat.ts'
import { aRawStream } from '../../support/raw-stream.ts'

const closers: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 30_000, interval: 20 })

const aTalk = async (options?: Parameters<typeof aTalkOf>[0]) => {
  const talk = await aTalkOf(options)
  closers.push(talk.chat.close)
  return talk
}

/** As long as a message may be, in the most bytes. */
const longest = (index: number) => `${index} ${'🙂'.repeat(9_990)}`

const write = async (chat: TestChat, sessionId: string, by: ChatClient, count: number) => {
  const texts = Array.from({ length: count }, (_, index) => longest(index))
  for (const text of texts) await by.ask('send_message', chat.aMessage(sessionId, text))
  return texts
}

it('opens a chat whose newest page is longer than what may wait', async () => {
  const { chat, sessionId, token, answering } = await aTalk()
  const texts = await write(chat, sessionId, answering, 60)
  const opening = chat.connect(token)
  const answer = await opening.ask('join_chat', { sessionId })
  const page = () => opening.shown.find(({ event }) => event === 'chat_history')?.data.messages as { content: string }[]
  await poll(() => page()?.length).toBe(50)
  expect([answer.ok, page().map(({ content }) => content)]).toEqual([true, texts.slice(-50)])
})

it('lets a socket and a stream that are far behind read on in one go', async () => {
  const { chat, sessionId, token, answering } = await aTalk()
  const texts = await write(chat, sessionId, answering, 120)
  const socket = chat.connect(token)
  let cuts = 0
  socket.socket.on('disconnect', () => (cuts += 1))
  await socket.ask('join_chat', { sessionId, afterSeq: 0 })
  const stream = await aRawStream(`${chat.node().url}/api/chat/sessions/${sessionId}/stream?after=0&token=${token}`)
  closers.push(() => stream.socket.destroy())
  const streamed = () => stream.events().flatMap(({ event, data }) => (event === 'new_message' ? [data.content] : []))
  await poll(() => [socket.texts().length, streamed().length]).toEqual([120, 120])
  expect([socket.texts(), streamed(), cuts]).toEqual([texts, texts, 0])
})

it('cuts a stream that nobody takes off the line, and lets it go on after its last id', async () => {
  const { chat, sessionId, token, visitor, answering } = await aTalk()
  const url = `${chat.node().url}/api/chat/sessions/${sessionId}/stream?token=${token}`
  const stream = await aRawStream(`${url}&after=0`)
  closers.push(() => stream.socket.destroy())
  await poll(() => stream.events().length).toBeGreaterThan(0)
  stream.socket.pause()
  const open = () => chat.node().chat.connections().streams
  for (let index = 0; open() > 0 && index < 1_000; index += 1)
    await answering.ask('send_message', chat.aMessage(sessionId, longest(index)))
  const { sockets, streams } = chat.node().chat.connections()
  const connections = () =>
    new Promise<number>((resolve) => chat.node().http.getConnections((_error, count) => resolve(count)))
  await poll(connections).toBe(sockets)
  stream.socket.resume()
  await poll(stream.ended).toBe(true)
  const first = stream.events()
  const rest = await aRawStream(`${url}&after=${first.at(-1)?.id}`)
  closers.push(() => rest.socket.destroy())
  const seen = () =>
    [...first, ...rest.events()].flatMap(({ event, data }) => (event === 'new_message' ? [data.content] : []))
  await poll(() => seen().length).toBe(visitor.texts().length)
  expect([streams, seen()]).toEqual([0, visitor.texts()])
})
