import type { Connection } from 'mongoose'
import { expect, it } from 'vitest'
import { createAftermath } from '../../../src/webhooks/deliveries/aftermath.ts'
import { closed } from '../../../src/webhooks/deliveries/breaker.ts'
import { createPull } from '../../../src/webhooks/deliveries/pull.ts'
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
  // Whichever of these were in each other's way: the sweeps find what was left.
  await poll(async () => {
    hooks.pass(61_000)
    await hooks.sweep()
    return receiver.ids().slice(2)
  }).toEqual([first, second])
})

type Written = Awaited<ReturnType<typeof twoWritten>>

/** What is due after a worker has looked twice, the first time while `meanwhile` happened. */
async function afterALook({ hooks, endpoint }: Written, meanwhile: () => Promise<unknown>) {
  const deliveries = hooks.connection.collection('deliveries')
  const late = {
    find: deliveries.find.bind(deliveries),
    aggregate: deliveries.aggregate.bind(deliveries),
    bulkWrite: async (...given: Parameters<typeof deliveries.bulkWrite>) => {
      await meanwhile()
      return deliveries.bulkWrite(...given)
    },
  }
  const collection = (name: string) => (name === 'deliveries' ? late : hooks.connection.collection(name))
  await createPull({ connection: { collection } as unknown as Connection, now: hooks.now })(endpoint, 10)
  return (await createPull({ ...hooks, now: hooks.now })(endpoint, 10)).due
}

async function twoWritten() {
  const hooks = await someWebhooks()
  const { url } = await aReceiver()
  await hooks.endpoint(url, { events: ['message.created'], ordered: true })
  const session = await hooks.chat()
  hooks.deaf(true)
  await hooks.say(session, 'one')
  await hooks.say(session, 'two')
  await hooks.webhooks.run({ kind: 'fan_out', session })
  const endpoint = await hooks.endpoints.findOne()
  const [first, second] = await hooks.deliveries.find().sort({ seq: 1 }).toArray()
  if (!endpoint || !first || !second) throw new Error('there are no deliveries')
  return { hooks, endpoint, session, first, second }
}

it('keeps none waiting whose predecessor was taken while it was looked at', async () => {
  const chat = await twoWritten()
  const { hooks, endpoint, first, second } = chat
  const { connection, now } = hooks
  const health = { isWell: async () => {}, isFailing: async () => false, isGone: async () => false }
  const scheduler = { wakeAt: async () => {} }
  const aftermath = createAftermath({ connection, health, scheduler, disabled: async () => {}, now })
  const due = await afterALook(chat, async () => {
    await hooks.deliveries.updateOne({ _id: first._id }, { $set: { state: 'delivered', waitsFor: null } })
    await aftermath(
      endpoint,
      { ...first, claim: 'one', until: now() },
      { outcome: { kind: 'delivered' }, breaker: closed },
    )
  })
  expect(due).toEqual([second._id])
})

it('keeps none waiting that were written down for good while they were looked at', async () => {
  const chat = await twoWritten()
  const { hooks, session, first } = chat
  await hooks.connection.collection('fan_outs').updateMany({}, { $set: { cursor: 1 } })
  const due = await afterALook(chat, () => hooks.webhooks.run({ kind: 'fan_out', session }))
  expect(due).toEqual([first._id])
})
