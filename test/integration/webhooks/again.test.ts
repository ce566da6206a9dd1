import { expect, it } from 'vitest'
import type { z } from 'zod'
import type { ReplayList } from '../../../src/contract/webhook.ts'
import { goOnReplaying } from '../../../src/webhooks/replays/replay.ts'
import { aReceiver, type SomeWebhooks, someWebhooks } from '../../support/webhooks.ts'

const poll = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 10_000, interval: 10 })
const at = (ms: number) => new Date(ms).toISOString()

/** Three messages, all of which the receiver has taken. */
async function threeTaken() {
  const hooks = await someWebhooks()
  const receiver = await aReceiver()
  const { id } = await hooks.endpoint(receiver.url, { events: ['message.created'] })
  const session = await hooks.chat()
  const start = hooks.now()
  const events = []
  for (const text of ['one', 'two', 'three']) {
    events.push(await hooks.say(session, text))
    hooks.pass(1_000)
  }
  await poll(() => hooks.deliveries.countDocuments({ state: 'delivered' })).toBe(3)
  return { hooks, receiver, id, session, events, start }
}

/** The same, all of which have failed for good. */
async function threeFailed() {
  const taken = await threeTaken()
  await taken.hooks.deliveries.updateMany({}, { $set: { state: 'failed' } })
  return taken
}

const replays = async (hooks: SomeWebhooks, id: string) =>
  ((await hooks.api('GET', `/endpoints/${id}/replays`)).body as z.infer<typeof ReplayList>).replays

it('sends one again under its id, whatever became of it', async () => {
  const { hooks, receiver, id, events } = await threeTaken()
  const { status, body } = await hooks.api('POST', `/deliveries/${id}.${events[1]}/resend`)
  await poll(() => receiver.ids().slice(3)).toEqual([events[1]])
  await poll(async () => (await hooks.delivery(id, events[1] ?? '')).state).toBe('delivered')
  const { attempts, log } = await hooks.delivery(id, events[1] ?? '')
  expect([status, body, attempts, log.length]).toEqual([202, expect.objectContaining({ state: 'waiting' }), 1, 2])
})

it('recovers all that failed since a time, and nothing else', async () => {
  const { hooks, receiver, id, events, start } = await threeFailed()
  const since = at(start + 1_000)
  const first = await hooks.api('POST', `/endpoints/${id}/recover`, { since })
  await poll(() => new Set(receiver.ids().slice(3))).toEqual(new Set(events.slice(1)))
  await poll(() => hooks.deliveries.countDocuments({ state: 'delivered' })).toBe(2)
  const second = await hooks.api('POST', `/endpoints/${id}/recover`, { since })
  expect([first, second]).toEqual([
    { status: 202, body: { count: 2 } },
    { status: 202, body: { count: 0 } },
  ])
})

it('replays what happened before an endpoint was there, and what it has only when asked to', async () => {
  const { hooks, receiver, id, events, start, session } = await threeTaken()
  hooks.pass(60_000)
  const late = await aReceiver()
  const made = await hooks.endpoint(late.url, { events: ['message.created'] })
  const range = { from: at(start), to: at(start + 2_000) }
  await hooks.api('POST', `/endpoints/${made.id}/replays`, range)
  await hooks.api('POST', `/endpoints/${id}/replays`, range)
  hooks.pass(1_000)
  await hooks.sweep()
  await poll(() => new Set(late.ids())).toEqual(new Set(events.slice(0, 2)))
  await hooks.api('POST', `/endpoints/${id}/replays`, { ...range, again: true })
  await hooks.sweep()
  await poll(() => new Set(receiver.ids().slice(3))).toEqual(new Set(events.slice(0, 2)))
  await hooks.say(session, 'four')
  await poll(() => receiver.ids().length).toBe(6)
  expect([await replays(hooks, id), await replays(hooks, made.id)]).toEqual([
    [
      { again: true, count: 2 },
      { again: false, count: 0 },
    ].map((one) => expect.objectContaining(one)),
    [expect.objectContaining({ state: 'done', count: 2 })],
  ])
})

it('goes on with a replay whose process died, and sends nothing twice', async () => {
  const { hooks, receiver, id, events, start } = await threeTaken()
  await hooks.api('POST', `/endpoints/${id}/replays`, { from: at(start), to: at(hooks.now()), again: true })
  await hooks.sweep()
  await poll(() => receiver.ids().length).toBe(6)
  await poll(() => hooks.deliveries.countDocuments({ state: 'delivered' })).toBe(3)
  const died = { state: 'running', cursor: new Date(start), claimedUntil: hooks.now() + 30_000 }
  await hooks.connection.collection('replays').updateMany({}, { $set: died })
  await hooks.sweep(hooks.another())
  const early = (await replays(hooks, id)).map(({ state }) => state)
  hooks.pass(31_000)
  await hooks.sweep(hooks.another())
  expect([early, (await replays(hooks, id)).map(({ state }) => state)]).toEqual([['running'], ['done']])
  expect(receiver.ids().sort()).toEqual([...events, ...events].sort())
})

it.each([
  ['a resend', (id: string, event: string) => `/deliveries/${id}.${event}/resend`, undefined],
  ['a recovery', (id: string) => `/endpoints/${id}/recover`, { since: at(0) }],
  ['a replay', (id: string) => `/endpoints/${id}/replays`, { from: at(0), to: at(1) }],
])('refuses %s to an endpoint that is off', async (_what, path, body) => {
  const { hooks, id, events } = await threeTaken()
  await hooks.api('PATCH', `/endpoints/${id}`, { enabled: false })
  expect(await hooks.api('POST', path(id, events[0] ?? ''), body)).toEqual({
    status: 409,
    body: { error: expect.objectContaining({ code: 'endpoint_off' }) },
  })
})

it('does not make a stop wait for a replay, with which another process goes on at once', async () => {
  const { hooks, receiver, id, events, start } = await threeTaken()
  await hooks.api('POST', `/endpoints/${id}/replays`, { from: at(start), to: at(hooks.now()), again: true })
  const { connection, now } = hooks
  const stopping = new AbortController()
  const chatsNow = async () => {
    stopping.abort()
    return new Map()
  }
  const doorbell = { ring: async () => {}, insist: async () => {} }
  await goOnReplaying({ connection, chatsNow, doorbell, newId: () => 'no', now }, stopping.signal)
  const stopped = (await replays(hooks, id)).map(({ state }) => state)
  await hooks.connection.collection('replays').updateMany({}, { $set: { cursor: new Date(start) } })
  await hooks.sweep(hooks.another())
  await poll(() => receiver.ids().slice(3).sort()).toEqual(events)
  expect([stopped, (await replays(hooks, id)).map(({ state }) => state)]).toEqual([['running'], ['done']])
})

it('brings what happened beside the chats, also when the process before had got through the chats', async () => {
  const { hooks, start } = await threeTaken()
  const late = await aReceiver()
  const own = { inboxes: [], isPending: false, expireAt: new Date(hooks.now() + 1e9), at: new Date(start + 500) }
  const payload = { type: 'endpoint.disabled', timestamp: at(start), data: {} }
  const _id = `evt_${'9'.repeat(24)}`
  await hooks.connection.collection('own_events').insertOne({ _id, ...own, payload } as object)
  hooks.pass(60_000)
  const { id } = await hooks.endpoint(late.url, { events: ['endpoint.*'] })
  await hooks.api('POST', `/endpoints/${id}/replays`, { from: at(start), to: at(hooks.now()) })
  await hooks.connection.collection('replays').updateMany({}, { $set: { cursor: new Date(start + 2_000) } })
  await hooks.sweep()
  await poll(late.ids).toEqual([_id])
})
