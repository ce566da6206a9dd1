import { expect, it } from 'vitest'
import { aReceiver, someWebhooks } from '../../support/webhooks.ts'

const poll = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000, interval: 10 })
const range = (length: number) => Array.from({ length }, (_, nth) => nth)

interface Body {
  data: { sessionId: string; seq: number }
}

it('tells the events of a chat one after the other, each once the one before was taken', async () => {
  const hooks = await someWebhooks()
  let isFailing = false
  const receiver = await aReceiver(() => {
    isFailing = !isFailing
    return isFailing ? 500 : 200
  })
  await hooks.endpoint(receiver.url, { events: ['message.created'], ordered: true })
  const chats = [await hooks.chat(), await hooks.chat(), await hooks.chat()]
  for (const nth of range(5)) for (const chat of chats) await hooks.say(chat, `message ${nth}`)
  const others = [hooks.webhooks, hooks.another(), hooks.another()]
  await poll(async () => {
    // Never while a call is under way, whose claim would be over.
    if ((await hooks.deliveries.countDocuments({ claim: { $ne: null } })) === 0) hooks.pass(1_800_000)
    for (const one of others) await hooks.sweep(one)
    return hooks.deliveries.countDocuments({ state: 'delivered' })
  }).toBe(15)
  const told = new Map<string, number[]>()
  for (const { data } of receiver.bodies() as Body[])
    told.set(data.sessionId, [...(told.get(data.sessionId) ?? []), data.seq])
  const inOrder = (seqs: number[]) => seqs.every((seq, nth) => nth === 0 || seq >= (seqs[nth - 1] ?? 0))
  expect([...told.values()].map((seqs) => [inOrder(seqs), [...new Set(seqs)]])).toEqual(
    chats.map(() => [true, [2, 3, 4, 5, 6]]),
  )
})

it('lets the next go at once when the one before was taken', async () => {
  const hooks = await someWebhooks()
  const receiver = await aReceiver()
  await hooks.endpoint(receiver.url, { ordered: true })
  const session = await hooks.chat()
  hooks.deaf(true)
  for (const nth of range(20)) await hooks.say(session, `message ${nth}`)
  hooks.deaf(false)
  await hooks.webhooks.run({ kind: 'fan_out', session })
  await poll(() => (receiver.bodies() as Body[]).map(({ data }) => data.seq)).toEqual(range(21).map((nth) => nth + 1))
})

it('waits for what a fan-out that died in the middle has left out', async () => {
  const hooks = await someWebhooks()
  const receiver = await aReceiver()
  await hooks.endpoint(receiver.url, { events: ['message.created'], ordered: true })
  const session = await hooks.chat()
  hooks.deaf(true)
  const [first, second] = [await hooks.say(session, 'one'), await hooks.say(session, 'two')]
  hooks.deaf(false)
  await hooks.webhooks.run({ kind: 'fan_out', session })
  await poll(receiver.ids).toEqual([first, second])
  // As if only the later one had been written, and the cursor had not been moved.
  await hooks.deliveries.deleteMany({ event: first })
  await hooks.connection.collection('fan_outs').updateMany({}, { $set: { cursor: 1 } })
  const again = { state: 'waiting' as const, waitsFor: (await hooks.endpoints.findOne())?._id, nextAt: 0 }
  await hooks.deliveries.updateOne({ event: second }, { $set: again as object })
  hooks.deaf(true)
  await hooks.sweep()
  hooks.deaf(false)
  const endpoint = (await hooks.endpoints.findOne())?._id
  if (endpoint) hooks.webhooks.run({ kind: 'pull', endpoint })
  await hooks.webhooks.run({ kind: 'fan_out', session })
  hooks.pass(61_000)
  await hooks.sweep()
  await poll(() => receiver.ids().slice(2)).toEqual([first, second])
})
