import { expect, it } from 'vitest'
import { aReceiver, someWebhooks } from '../../support/webhooks.ts'

const poll = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 10_000, interval: 10 })

async function anEndpoint(options: Parameters<typeof someWebhooks>[0] = {}) {
  const hooks = await someWebhooks(options)
  const receiver = await aReceiver()
  const { id } = await hooks.endpoint(receiver.url, { events: ['message.created'] })
  return { hooks, receiver, id, session: await hooks.chat() }
}

it('finds by sweeping what a process that died never announced', async () => {
  const { hooks, receiver, session } = await anEndpoint()
  const event = await hooks.sayUnannounced(session, 'Hello')
  await hooks.sweep()
  await poll(receiver.ids).toEqual([event])
})

it('finds by sweeping what was written down and never rung for', async () => {
  const { hooks, receiver, session } = await anEndpoint()
  hooks.deaf(true)
  const events = [await hooks.say(session, 'one'), await hooks.say(session, 'two')]
  await hooks.sweep()
  hooks.deaf(false)
  await hooks.sweep()
  await poll(() => new Set(receiver.ids())).toEqual(new Set(events))
})

it('takes over what a worker that died was about to send, once its time is over', async () => {
  const { hooks, receiver, session, id } = await anEndpoint()
  hooks.deaf(true)
  const event = await hooks.sayUnannounced(session, 'Hello')
  hooks.deaf(false)
  await hooks.webhooks.run({ kind: 'fan_out', session })
  await poll(receiver.ids).toEqual([event])
  // As it is left by one that was killed in the middle of a call.
  const claimed = { state: 'waiting' as const, waitsFor: hooks.endpoints && (await hooks.endpoints.findOne())?._id }
  await hooks.deliveries.updateOne(
    { event },
    { $set: { ...claimed, claim: 'a dead worker', nextAt: hooks.now() + 30_000 } as object },
  )
  await hooks.sweep(hooks.another())
  const early = receiver.ids().length
  hooks.pass(31_000)
  await hooks.sweep(hooks.another())
  await poll(receiver.ids).toEqual([event, event])
  await poll(async () => (await hooks.delivery(id, event)).state).toBe('delivered')
  expect(early).toBe(1)
})

it('fans out once, however often and from wherever it is rung', async () => {
  const { hooks, receiver, session } = await anEndpoint()
  hooks.deaf(true)
  const events = await Promise.all(['one', 'two', 'three'].map((text) => hooks.sayUnannounced(session, text)))
  hooks.deaf(false)
  const processes = [hooks.webhooks, hooks.another(), hooks.another()]
  const rings = Array.from({ length: 12 }, (_, nth) => processes[nth % 3]?.run({ kind: 'fan_out', session }))
  await Promise.all(rings)
  await poll(() => hooks.deliveries.countDocuments({ state: 'delivered' })).toBe(3)
  expect(receiver.ids().sort()).toEqual(events.sort())
})

it('tells nothing that happened before an endpoint was made, or while it was off', async () => {
  const { hooks, session, id, receiver } = await anEndpoint()
  await hooks.say(session, 'one')
  await poll(() => receiver.calls.length).toBe(1)
  hooks.pass(60_000)
  await hooks.api('PATCH', `/endpoints/${id}`, { enabled: false })
  await hooks.say(session, 'while it was off')
  hooks.pass(60_000)
  await hooks.api('PATCH', `/endpoints/${id}`, { enabled: true })
  const late = await aReceiver()
  await hooks.endpoint(late.url, { events: ['message.created'] })
  const last = await hooks.say(session, 'three')
  await poll(() => [receiver.ids().at(-1), late.ids()]).toEqual([last, [last]])
  expect(receiver.calls.length).toBe(2)
})

it('tells an endpoint of what happens right after it was made, also by a process that has just looked', async () => {
  const { hooks, session } = await anEndpoint()
  const other = hooks.another()
  await hooks.sweep(other)
  hooks.deaf(true)
  const late = await aReceiver()
  await hooks.endpoint(late.url, { events: ['message.created'] })
  const event = await hooks.sayUnannounced(session, 'Hello')
  hooks.deaf(false)
  await other.run({ kind: 'fan_out', session })
  await poll(late.ids).toEqual([event])
})
