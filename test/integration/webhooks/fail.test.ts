import { expect, it } from 'vitest'
import { EndpointId, EventId } from '../../../src/contract/ids.ts'
import type { ShownEndpoint } from '../../../src/contract/webhook.ts'
import { aReceiver, someWebhooks } from '../../support/webhooks.ts'

const poll = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 10_000, interval: 10 })
const day = 86_400_000

/** An endpoint whose receiver answers that, and one event on its way to it. */
async function aDelivery(answer: Parameters<typeof aReceiver>[0]) {
  const hooks = await someWebhooks()
  const receiver = await aReceiver(answer)
  const { id } = await hooks.endpoint(receiver.url, { events: ['message.created'] })
  const session = await hooks.chat()
  const event = await hooks.say(session, 'Hello')
  /** That are over, with all that follows from them for the delivery. */
  const attempts = async () => {
    const { log } = await hooks.delivery(id, event)
    return (await hooks.deliveries.findOne({ event }))?.claim === null ? log.length : null
  }
  return { hooks, receiver, id, session, event, attempts, shown: () => hooks.delivery(id, event) }
}

it('tries again as the schedule says, ten times under one id, and then gives up', async () => {
  const { hooks, attempts, shown, receiver, event } = await aDelivery(500)
  const waits: number[] = []
  for (let tries = 1; tries < 10; tries += 1) {
    await poll(attempts).toBe(tries)
    const { nextAt } = await shown()
    waits.push(Math.round((Date.parse(nextAt ?? '') - hooks.now()) / 1_000))
    // Also past the rests of an endpoint that fails.
    hooks.pass(Date.parse(nextAt ?? '') - hooks.now() + 300_000)
    await hooks.sweep()
  }
  await poll(async () => (await shown()).state).toBe('failed')
  const hours = [2, 5, 10, 14, 20, 24].map((n) => n * 3_600)
  expect([waits, new Set(receiver.ids()), receiver.ids().length]).toEqual([
    [5, 300, 1_800, ...hours],
    new Set([event]),
    10,
  ])
})

it('is woken for the next attempt', async () => {
  const { hooks, attempts, receiver, id, event, shown } = await aDelivery((_call, nth) => (nth === 1 ? 500 : 200))
  await poll(attempts).toBe(1)
  await poll(() => hooks.woken.map(({ work }) => work)).toEqual([{ kind: 'pull', endpoint: id }])
  hooks.pass(5_000)
  for (const { work } of hooks.woken) await hooks.webhooks.run(work)
  await poll(async () => (await shown()).state).toBe('delivered')
  expect(receiver.ids()).toEqual([event, event])
})

it('follows no redirect', async () => {
  const { shown, attempts, receiver } = await aDelivery({ status: 302, headers: { location: 'http://127.0.0.1/' } })
  await poll(attempts).toBe(1)
  expect([(await shown()).lastStatus, receiver.calls.length]).toEqual([302, 1])
})

it('waits as long as a receiver with too many asks for, with all that it has for it, and counts no attempt', async () => {
  const { hooks, receiver, session, event, attempts, shown } = await aDelivery({
    status: 429,
    headers: { 'retry-after': '60' },
  })
  await poll(attempts).toBe(1)
  await poll(async () => (await hooks.endpoints.findOne())?.restsUntil).not.toBeNull()
  const next = await hooks.say(session, 'And this')
  hooks.pass(59_000)
  await hooks.sweep()
  const before = receiver.ids().length
  receiver.answers(200)
  hooks.pass(2_000)
  await hooks.sweep()
  await poll(async () => (await shown()).state).toBe('delivered')
  await poll(() => new Set(receiver.ids())).toEqual(new Set([event, next]))
  expect([before, (await shown()).attempts]).toEqual([1, 1])
})

it('disables an endpoint that is gone, and tells the others', async () => {
  const hooks = await someWebhooks()
  const [gone, other] = await Promise.all([aReceiver(410), aReceiver()])
  const { id } = await hooks.endpoint(gone.url, { events: ['message.created'] })
  await hooks.endpoint(other.url, { events: ['endpoint.*'] })
  await hooks.say(await hooks.chat(), 'Hello')
  const data = { endpoint: { id, host: new URL(gone.url).host }, reason: 'gone' }
  const told = { type: 'endpoint.disabled', data: expect.objectContaining(data) }
  await poll(() => other.bodies()).toEqual([expect.objectContaining(told)])
  const { disabled, enabled } = (await hooks.api('GET', `/endpoints/${id}`)).body as ShownEndpoint
  expect([disabled?.why, enabled, gone.calls.length]).toEqual(['gone', false, 1])
})

it('tells of a disabling that a process did not live to tell of', async () => {
  const { hooks, id, attempts } = await aDelivery(500)
  await poll(attempts).toBe(1)
  const other = await aReceiver()
  await hooks.endpoint(other.url, { events: ['endpoint.*'] })
  const notice = EventId.parse(`evt_${'9'.repeat(24)}`)
  const disabled = { why: 'gone', at: new Date(hooks.now()), notice, isTold: false } as const
  await hooks.endpoints.updateOne({ _id: EndpointId.parse(id) }, { $set: { enabled: false, disabled } })
  await hooks.sweep()
  await hooks.sweep(hooks.another())
  await poll(other.ids).toEqual([notice])
})

it('disables an endpoint after five days of nothing but failures, and not after one success in between', async () => {
  const { hooks, receiver, session, attempts } = await aDelivery(500)
  const on = async () => (await hooks.endpoints.findOne())?.enabled
  const failingSince = async () => (await hooks.endpoints.findOne())?.failingSince
  await poll(attempts).toBe(1)
  await poll(failingSince).not.toBeNull()
  hooks.pass(4 * day)
  receiver.answers(200)
  await hooks.say(session, 'Once')
  await poll(failingSince).toBeNull()
  receiver.answers(500)
  await hooks.say(session, 'Twice')
  await poll(failingSince).not.toBeNull()
  hooks.pass(4 * day)
  await hooks.say(session, 'Still')
  await poll(() => receiver.calls.length).toBeGreaterThan(4)
  const still = await on()
  hooks.pass(day)
  await hooks.say(session, 'No more')
  await poll(on).toBe(false)
  expect(still).toBe(true)
})

it('does not disable one that has taken something meanwhile, whatever a process missed of it', async () => {
  const { hooks, receiver, session, attempts } = await aDelivery(200)
  await poll(attempts).toBe(1)
  const failingSince = new Date(hooks.now() - 3_600_000)
  hooks.pass(5 * day)
  await hooks.endpoints.updateMany({}, { $set: { failingSince } })
  receiver.answers(500)
  await hooks.say(session, 'Now it fails')
  await poll(async () => (await hooks.endpoints.findOne())?.failingSince?.getTime()).not.toBe(failingSince.getTime())
  expect((await hooks.endpoints.findOne())?.enabled).toBe(true)
})

it('makes a call again that was cut off by a stop, without counting it', async () => {
  const { hooks, receiver, shown } = await aDelivery('nothing')
  await poll(() => receiver.calls.length).toBe(1)
  await hooks.webhooks.stop(0)
  const cut = await shown()
  receiver.answers(200)
  await hooks.sweep(hooks.another())
  await poll(async () => (await shown()).state).toBe('delivered')
  expect([cut.attempts, cut.log, (await shown()).attempts]).toEqual([0, [], 1])
})

it('holds nothing against an endpoint of what the address before answers', async () => {
  const { hooks, receiver, id } = await aDelivery('nothing')
  await poll(() => receiver.calls.length).toBe(1)
  const now = await aReceiver()
  await hooks.api('PATCH', `/endpoints/${id}`, { url: now.url })
  receiver.finish({ status: 429, headers: { 'retry-after': '3600' } })
  await poll(() => hooks.deliveries.countDocuments({ claim: { $ne: null } })).toBe(0)
  expect(await hooks.endpoints.findOne()).toMatchObject({ failingSince: null, restsUntil: null })
})

it('makes what can be made of events that came with one of which nothing can be made', async () => {
  const hooks = await someWebhooks()
  const receiver = await aReceiver()
  await hooks.endpoint(receiver.url, { events: ['message.created'] })
  const session = await hooks.chat()
  hooks.deaf(true)
  const [broken, well] = [await hooks.say(session, 'one'), await hooks.say(session, 'two')]
  await hooks.webhooks.run({ kind: 'fan_out', session })
  await hooks.connection.collection('events').updateOne({ _id: broken as never }, { $unset: { body: 1 } })
  hooks.deaf(false)
  await hooks.sweep()
  await poll(receiver.ids).toEqual([well])
  await poll(() => hooks.errors.length).toBe(1)
})

it('asks the address that an endpoint has by now, where the one before says that it is gone', async () => {
  const { hooks, receiver, id, event } = await aDelivery('nothing')
  await poll(() => receiver.calls.length).toBe(1)
  const now = await aReceiver()
  await hooks.api('PATCH', `/endpoints/${id}`, { url: now.url })
  receiver.finish(410)
  await poll(() => hooks.deliveries.countDocuments({ claim: null })).toBe(1)
  await poll(async () => {
    await hooks.sweep()
    return now.ids()
  }).toEqual([event])
  expect((await hooks.endpoints.findOne())?.enabled).toBe(true)
})
