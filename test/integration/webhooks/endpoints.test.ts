import { Webhook } from 'standardwebhooks'
import { expect, it } from 'vitest'
import { EndpointId } from '../../../src/contract/ids.ts'
import { CreatedEndpoint, EndpointList, ShownEndpoint, type WholeDelivery } from '../../../src/contract/webhook.ts'
import { newDelivery } from '../../../src/webhooks/deliveries/begin.ts'
import { aReceiver, someWebhooks } from '../../support/webhooks.ts'

const poll = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 10_000, interval: 10 })
const at = (ms: number) => new Date(ms).toISOString()
const aUrl = 'https://hooks.example/x'

it('makes, lists, changes and removes an endpoint, and shows its secret once', async () => {
  const hooks = await someWebhooks()
  const headers = [{ name: 'Authorization', value: 'Bearer their-own' }]
  const made = await hooks.api('POST', '/endpoints', { url: aUrl, events: ['chat.*'], headers })
  const { id, secret, revision } = CreatedEndpoint.parse(made.body)
  const changed = await hooks.api('PATCH', `/endpoints/${id}`, { description: 'Their CRM', revision })
  const late = await hooks.api('PATCH', `/endpoints/${id}`, { description: 'Another', revision })
  const listed = EndpointList.parse((await hooks.api('GET', '/endpoints')).body)
  const stored = JSON.stringify(await hooks.endpoints.find().toArray())
  const removed = await hooks.api('DELETE', `/endpoints/${id}`)
  const after = await hooks.api('GET', `/endpoints/${id}`)
  expect([made.status, secret, changed.status, late.status, removed.status, after.status]).toEqual([
    ...[201, expect.stringMatching(/^whsec_/), 200, 409, 204, 404],
  ])
  expect(listed.endpoints).toEqual([
    expect.objectContaining({ id, url: aUrl, headers: ['authorization'], description: 'Their CRM', enabled: true }),
  ])
  for (const hidden of [secret, secret.slice(6), 'their-own']) expect(stored).not.toContain(hidden)
  expect(JSON.stringify([changed.body, listed])).not.toContain(secret)
})

it.each([
  ['an address that is none', { url: 'hooks' }, 'url'],
  ['http', { url: 'http://93.184.216.34/x' }, 'url'],
  ['a private address', { url: 'https://10.0.0.1/x' }, 'url'],
  ['the machine itself', { url: 'https://[::1]/x' }, 'url'],
  ['an operator in place of a text', { url: { $ne: null } }, 'url'],
  ['no events', { events: [] }, 'events'],
  ['an event that is none', { events: ['chat.burnt'] }, 'events.0'],
  ['a header of ours', { headers: [{ name: 'Webhook-Id', value: 'x' }] }, 'headers.0.name'],
  ['a rate of nothing', { ratePerSecond: 0 }, 'ratePerSecond'],
  ['another version', { version: 2 }, 'version'],
  ['a description without end', { description: 'x'.repeat(501) }, 'description'],
  ['inboxes that are none', { inboxes: [{ $gt: '' }] }, 'inboxes.0'],
])('refuses %s, and writes nothing', async (_what, wrong, path) => {
  const hooks = await someWebhooks()
  const refusal = {
    error: expect.objectContaining({ code: 'invalid_input', details: [expect.objectContaining({ path })] }),
  }
  const made = await hooks.api('POST', '/endpoints', { url: aUrl, events: ['*'], ...wrong })
  const { id } = await hooks.endpoint(aUrl)
  const changed = await hooks.api('PATCH', `/endpoints/${id}`, wrong)
  expect([made, changed]).toEqual([
    { status: 400, body: refusal },
    { status: 400, body: refusal },
  ])
  expect(await hooks.endpoints.find({}, { projection: { url: 1, revision: 1 } }).toArray()).toEqual([
    { _id: id, url: aUrl, revision: 1 },
  ])
})

it('signs with both secrets while one takes the place of the other', async () => {
  const hooks = await someWebhooks()
  const receiver = await aReceiver()
  const { id, secret } = await hooks.endpoint(receiver.url, { events: ['message.created'] })
  const rotated = await hooks.api('POST', `/endpoints/${id}/secrets`, { overlapHours: 1 })
  const next = CreatedEndpoint.parse(rotated.body).secret
  const session = await hooks.chat()
  await hooks.say(session, 'While both are good')
  await poll(() => receiver.calls.length).toBe(1)
  hooks.pass(3_601_000)
  await hooks.say(session, 'With the new one alone')
  await poll(() => receiver.calls.length).toBe(2)
  const verifies = (of: string, call = receiver.calls.at(-1)) => {
    const headers = { ...call?.headers, 'webhook-timestamp': String(call?.headers['webhook-timestamp']) }
    const signatures = String(call?.headers['webhook-signature'])
    const at = new Date(Number(headers['webhook-timestamp']) * 1_000)
    const own = new Webhook(of).sign(String(call?.headers['webhook-id']), at, call?.body.toString() ?? '')
    return signatures.split(' ').includes(own)
  }
  const [first] = receiver.calls
  expect([verifies(secret, first), verifies(next, first), verifies(secret), verifies(next)]).toEqual([
    ...[true, true, false, true],
  ])
})

it('shows the public key of an ed25519 secret at any time', async () => {
  const hooks = await someWebhooks()
  const { id, secret } = await hooks.endpoint(aUrl, { scheme: 'v1a' })
  const { secrets } = ShownEndpoint.parse((await hooks.api('GET', `/endpoints/${id}`)).body)
  expect([secret, secrets]).toEqual([
    expect.stringMatching(/^whsk_/),
    [expect.objectContaining({ scheme: 'v1a', publicKey: expect.stringMatching(/^whpk_/), until: null })],
  ])
})

it('sends a sample when asked to, also to one that is off, and keeps what came of it', async () => {
  const hooks = await someWebhooks()
  const receiver = await aReceiver({ status: 400, body: 'which chat?' })
  const { id } = await hooks.endpoint(receiver.url, { enabled: false, headers: [{ name: 'X-Tenant', value: 'shop' }] })
  const { status, body } = await hooks.api('POST', `/endpoints/${id}/test`, { type: 'chat.rated' })
  const sent = body as WholeDelivery
  const { deliveries } = await hooks.page({ endpoint: id })
  expect([status, sent.state, sent.log.map((one) => [one.status, one.body]), deliveries]).toEqual([
    ...[200, 'failed', [[400, 'which chat?']]],
    [expect.objectContaining({ id: sent.id, isTest: true, type: 'chat.rated' })],
  ])
  expect([receiver.bodies(), receiver.calls[0]?.headers['x-tenant'], receiver.ids()]).toEqual([
    ...[[sent.payload], 'shop', [expect.stringMatching(/^test_/)]],
  ])
})

it('finds deliveries by what they are of and what became of them, page by page', async () => {
  const hooks = await someWebhooks()
  const receiver = await aReceiver()
  const { id } = await hooks.endpoint(receiver.url)
  const [one, other] = [await hooks.chat(), await hooks.chat()]
  for (const session of [one, other]) {
    await hooks.say(session, 'Hello')
    hooks.pass(1_000)
  }
  await poll(() => hooks.deliveries.countDocuments({ state: 'delivered' })).toBe(4)
  const first = await hooks.page({ endpoint: id, limit: '3' })
  const second = await hooks.page({ endpoint: id, limit: '3', cursor: first.cursor ?? '' })
  const ofChat = await hooks.page({ endpoint: id, session: other, type: 'message.created', state: 'delivered' })
  const failed = await hooks.page({ endpoint: id, state: 'failed' })
  const wrong = await hooks.api('GET', `/deliveries?endpoint=${id}&cursor=bm9uZQ`)
  expect([first.deliveries.length, second.deliveries.length, second.cursor, failed.deliveries, wrong.status]).toEqual([
    ...[3, 1, null, [], 400],
  ])
  expect(ofChat.deliveries).toEqual([expect.objectContaining({ sessionId: other, seq: 2 })])
  expect((await hooks.api('GET', `/endpoints/${id}/counts`)).body).toEqual({
    ...{ waiting: 0, failed: 0, waitingSince: null },
  })
})

it('tells of erased words nothing, and forgets what receivers answered', async () => {
  const hooks = await someWebhooks()
  const receiver = await aReceiver(({ body }) => ({ status: 500, body: body.toString() }))
  const { id } = await hooks.endpoint(receiver.url, { events: ['message.created'] })
  const session = await hooks.chat()
  const event = await hooks.say(session, 'My secret is plum')
  await poll(async () => (await hooks.delivery(id, event)).log.length).toBe(1)
  await poll(async () => (await hooks.deliveries.findOne({ event }))?.claim).toBeNull()
  hooks.erase(session)
  await hooks.forget(session)
  receiver.answers(200)
  hooks.pass(5_000)
  await hooks.sweep()
  await poll(async () => (await hooks.delivery(id, event)).state).toBe('delivered')
  expect(receiver.bodies().map(({ data }) => data.message.text)).toEqual(['My secret is plum', null])
  const kept = ['deliveries', 'attempts'].map((name) => hooks.connection.collection(name).find().toArray())
  expect(JSON.stringify(await Promise.all(kept))).not.toContain('plum')
})

it('forgets answers also where a worker died in a call and nobody comes for it, because the endpoint is off', async () => {
  const hooks = await someWebhooks()
  const receiver = await aReceiver({ status: 500, body: 'You said Hello' })
  const { id } = await hooks.endpoint(receiver.url, { events: ['message.created'] })
  const session = await hooks.chat()
  const event = await hooks.say(session, 'Hello')
  await poll(async () => (await hooks.delivery(id, event)).log.length).toBe(1)
  await poll(async () => (await hooks.deliveries.findOne({ event }))?.claim).toBeNull()
  await hooks.api('PATCH', `/endpoints/${id}`, { enabled: false })
  await hooks.deliveries.updateOne({ event }, { $set: { claim: 'a dead worker', nextAt: hooks.now() + 30_000 } })
  const early = await hooks.forget(session).catch(({ code }) => code)
  hooks.pass(30_000)
  expect([early, await hooks.forget(session), (await hooks.delivery(id, event)).log[0]?.body]).toEqual([
    ...['unavailable', 0, ''],
  ])
})

it('takes away what a process that did not know of a removal has written down afterwards', async () => {
  const hooks = await someWebhooks()
  const [gone, off] = [await hooks.endpoint(aUrl), await hooks.endpoint(aUrl)]
  hooks.deaf(true)
  const session = await hooks.chat()
  await hooks.webhooks.run({ kind: 'fan_out', session })
  await hooks.api('PATCH', `/endpoints/${off.id}`, { enabled: false })
  await hooks.endpoints.deleteOne({ _id: EndpointId.parse(gone.id) })
  await hooks.sweep()
  expect(await hooks.deliveries.distinct('endpoint', {})).toEqual([off.id])
})

it('finds what failed without going through all that was delivered', async () => {
  const hooks = await someWebhooks()
  const { id } = await hooks.endpoint(aUrl)
  const endpoint = EndpointId.parse(id)
  const told = { type: 'chat.closed', session: null, seq: null, at: new Date(hooks.now()) } as const
  const one = (nth: number) => newDelivery(endpoint, { event: `evt_${String(nth).padStart(24, '0')}`, ...told }, 0)
  const ended = { waitsFor: null, expireAt: new Date(hooks.now() + 1e9) }
  const all = Array.from({ length: 500 }, (_, nth) => ({ ...one(nth), ...ended, state: 'delivered' as const }))
  await hooks.deliveries.insertMany([...all, { ...one(500), ...ended, state: 'failed' as const }])
  const { deliveries } = await hooks.page({ endpoint: id, state: 'failed', to: at(hooks.now() + 1) })
  const indexes = await hooks.deliveries.aggregate([{ $indexStats: {} }]).toArray()
  const used = indexes.filter(({ accesses }) => Number(accesses.ops) > 0).map(({ name }) => name)
  expect([deliveries.length, used]).toEqual([1, ['endpoint_1_state_1_at_-1__id_-1']])
})
