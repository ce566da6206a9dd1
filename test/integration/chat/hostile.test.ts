import { afterEach, expect, it } from 'vitest'
import { aTalk as aTalkOf } from '../../support/chat.ts'
import { aRawSocket } from '../../support/raw-socket.ts'

const closers: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 30_000, interval: 20 })

/** A chat of two, and a line of a third who can say anything. */
async function aTalk(options?: Parameters<typeof aTalkOf>[0]) {
  const talk = await aTalkOf(options)
  closers.push(talk.chat.close)
  const raw = async (token?: string) => {
    const line = await aRawSocket(talk.chat.node().url)
    closers.push(line.close)
    if (token) line.enter(token)
    await poll(() => line.heard.length).toBe(token ? 2 : 1)
    return line
  }
  let said = 0
  /** The others go on as before. */
  const isWell = async () => {
    const text = `still here ${(said += 1)}`
    const ack = await talk.visitor.ask('send_message', talk.chat.aMessage(talk.sessionId, text))
    await poll(() => talk.answering.texts().at(-1)).toBe(text)
    return ack.ok
  }
  return { ...talk, raw, isWell }
}

it.each([
  ['a frame that is too large', `42["send_message","${'x'.repeat(200_001)}"]`],
  ['a packet of no kind', 'zzz'],
  ['a packet that is no JSON', '42{"a":'],
  ['an event of the protocol’s own', '42["disconnect"]'],
  ['an event whose name is no text', '42[{"a":1}]'],
  ['an attachment that was not announced', new ArrayBuffer(1_000)],
  ['attachments that never come', '451000000-["send_message",{"_placeholder":true,"num":0}]'],
  ['an answer to nothing', '4399["x"]'],
  ['another namespace', '40/admin,{}'],
  ['brackets without end', `42["join_chat",${'['.repeat(50_000)}]`],
  ['a prototype', '42["send_message",{"__proto__":{"sessionId":"x"},"constructor":{"prototype":{}}}]'],
])('is not disturbed by %s, from whoever', async (_what, words) => {
  const { chat, token, raw, isWell } = await aTalk()
  const before = await chat.written()
  for (const line of [await raw(), await raw(token)]) line.say(words)
  expect([await isWell(), (await chat.written()) - before]).toEqual([true, 1])
})

it('reads no faster from a connection than it may ask, and answers all of it in the end', async () => {
  const { sessionId, token, raw, isWell } = await aTalk({ limits: { messageRateLimit: 5 } })
  const line = await raw(token)
  const questions = 400
  /** More than is read off a line at once. */
  const [isTyping, padding] = [true, 'x'.repeat(500)]
  const begun = performance.now()
  line.ask(0, 'join_chat', { sessionId })
  for (let index = 1; index <= questions; index += 1) line.ask(index, 'typing', { sessionId, isTyping, padding })
  const well = await isWell()
  await poll(() => line.answered().length).toBe(questions + 1)
  // At 50 a second, 100 of them saved up.
  expect([well, performance.now() - begun > 3_000, line.isClosed()]).toEqual([true, true, false])
})

it('opens a chat for hundreds of joins of one connection as often as is allowed, and follows it once', async () => {
  const { chat, sessionId, token, raw, isWell } = await aTalk({
    limits: { visitorRateLimit: { reads: 100, joins: 5, changes: 30 } },
  })
  const line = await raw(token)
  for (let index = 0; index < 500; index += 1) line.ask(index, 'join_chat', { sessionId })
  await poll(() => line.answered().length).toBe(500)
  const taken = line.heard.filter((text) => /^43\d+\[\{"ok":true/.test(text)).length
  const well = await isWell()
  const frames = () => line.heard.filter((text) => text.startsWith('42["new_message"') && text.includes('still here'))
  await poll(() => frames().length).toBe(1)
  // The visitor's own connection has joined once before.
  // Whoever is asked while Redis does not answer in time is counted by the node alone, which begins anew.
  expect([well, taken >= 4 && taken <= 9, chat.node().connected()]).toEqual([true, true, 3])
})

it('lets go of a connection that shows no token', async () => {
  const { chat, raw, isWell } = await aTalk()
  const silent = await raw()
  expect(chat.node().chat.connections().sockets).toBe(3)
  await poll(silent.isClosed).toBe(true)
  expect([await isWell(), chat.node().chat.connections().sockets]).toEqual([true, 2])
})
