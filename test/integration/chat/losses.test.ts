import { afterEach, expect, it } from 'vitest'
import { aTalk as aTalkOf, type ChatClient, type TestChat } from '../../support/chat.ts'

const open: TestChat[] = []
afterEach(async () => {
  for (const chat of open.splice(0)) await chat.close()
})

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 15_000, interval: 10 })

const aTalk = async (options?: Parameters<typeof aTalkOf>[0]) => {
  const talk = await aTalkOf(options)
  open.push(talk.chat)
  return talk
}

const seqs = (client: ChatClient) => client.frames().map(({ seq }) => seq)

it('delivers on its own node at once and heals on the other while Redis is away', async () => {
  const { chat, sessionId, visitor, answering } = await aTalk({ nodes: 2, healMs: 100 })
  const beside = chat.connect((await chat.agent('Cy')).token, 0)
  await beside.ask('join_chat', { sessionId })
  chat.redis.cut()
  await poll(() => chat.node().publisher.status).not.toBe('ready')
  const ack = await visitor.ask('send_message', chat.aMessage(sessionId, 'is anybody there?'))
  const typing = await visitor.ask('typing', { sessionId, isTyping: true })
  await poll(() => [beside.texts(), answering.texts()]).toEqual([['is anybody there?'], ['is anybody there?']])
  chat.redis.mend()
  await poll(() => chat.node(1).subscriber.status).toBe('ready')
  await answering.ask('send_message', chat.aMessage(sessionId, 'yes'))
  await poll(() => visitor.texts()).toEqual(['is anybody there?', 'yes'])
  expect([ack.ok, typing]).toEqual([true, { ok: true }])
})

it('leaves the clients of other nodes alone when one node ends, and its own come back by themselves', async () => {
  const { chat, sessionId, visitor, answering } = await aTalk({ nodes: 2 })
  const left: string[] = []
  answering.socket.on('disconnect', (reason) => left.push(`agent: ${reason}`))
  visitor.socket.on('disconnect', (reason) => left.push(`visitor: ${reason}`))
  const tries: number[] = []
  visitor.socket.io.on('reconnect_attempt', (attempt) => tries.push(attempt))
  await chat.node(0).close()
  await poll(() => tries.length).toBeGreaterThan(0)
  const ack = await answering.ask('send_message', chat.aMessage(sessionId, 'still here'))
  expect([left, ack.ok]).toEqual([['visitor: transport close'], true])
})

it('follows nobody who left while joining', async () => {
  const { chat, sessionId, token, visitor, answering } = await aTalk({ nodes: 2 })
  const { watch, connected } = chat.node(0)
  watch.hold()
  const hasty = chat.connect(token, 0)
  hasty.socket.emit('join_chat', { sessionId, afterSeq: 1 })
  await poll(watch.asking).toBe(1)
  hasty.socket.close()
  await poll(connected).toBe(1)
  watch.release()
  await poll(watch.asking).toBe(0)
  await answering.ask('send_message', chat.aMessage(sessionId, 'first'))
  await poll(() => visitor.texts()).toEqual(['first'])
  const before = watch.reads()
  await answering.ask('send_message', chat.aMessage(sessionId, 'from the other node'))
  await poll(() => visitor.texts()).toEqual(['first', 'from the other node'])
  expect(watch.reads() - before).toBe(1)
})

it('cuts off a reader who takes nothing off the line, and lets them read on when they come back', async () => {
  const { chat, sessionId, visitor, answering } = await aTalk()
  const { connected } = chat.node()
  const texts = Array.from({ length: 600 }, (_, index) => `${index} ${'🙂'.repeat(9_000)}`)
  const cut: string[] = []
  answering.socket.on('disconnect', (reason) => cut.push(reason))
  const { ws } = answering.socket.io.engine.transport as unknown as { ws: { pause(): void; resume(): void } }
  ws.pause()
  for (const text of texts) {
    if (connected() < 2) break
    await visitor.ask('send_message', chat.aMessage(sessionId, text))
  }
  expect(connected()).toBe(1)
  ws.resume()
  await poll(() => [cut.length, answering.socket.connected]).toEqual([1, true])
  await answering.ask('join_chat', { sessionId, afterSeq: seqs(answering).at(-1) ?? 0 })
  await poll(() => answering.texts().length).toBe(visitor.texts().length)
  expect(answering.texts()).toEqual(visitor.texts())
})
