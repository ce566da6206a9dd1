import { Webhook as Standard } from 'standardwebhooks'
import { Webhook as Svix } from 'svix'
import { expect, it } from 'vitest'
import { aReceiver, someWebhooks } from '../../support/webhooks.ts'

const poll = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 10_000, interval: 10 })

it('tells each endpoint what it wants, of the inboxes that it wants, once', async () => {
  const hooks = await someWebhooks()
  const [all, messages, notes, elsewhere] = await Promise.all([aReceiver(), aReceiver(), aReceiver(), aReceiver()])
  await hooks.endpoint(all.url)
  await hooks.endpoint(messages.url, { events: ['message.*'] })
  await hooks.endpoint(notes.url, { events: ['note.created'] })
  await hooks.endpoint(elsewhere.url, { inboxes: ['other'] })
  const shop = await hooks.chat('shop')
  const said = [await hooks.say(shop, 'one'), await hooks.note(shop, 'two'), await hooks.say(shop, 'three')]
  const other = await hooks.chat('other')
  const last = await hooks.say(other, 'four')
  const [one, two, three] = said
  await poll(() => [all, messages, notes, elsewhere].map((each) => each.ids().length)).toEqual([6, 3, 1, 2])
  await hooks.sweep()
  expect([new Set(messages.ids()), notes.ids(), elsewhere.ids().at(-1)]).toEqual([
    new Set([one, three, last]),
    [two],
    last,
  ])
  expect(hooks.errors).toEqual([])
})

it('sends what the libraries of Standard Webhooks and of Svix verify', async () => {
  const hooks = await someWebhooks()
  const receiver = await aReceiver()
  const { secret } = await hooks.endpoint(receiver.url, { events: ['message.created'] })
  await hooks.say(await hooks.chat(), 'Olá, João')
  await poll(() => receiver.calls.length).toBe(1)
  const [call] = receiver.calls
  const headers = call?.headers as Record<string, string>
  const svixHeaders = {
    'svix-id': headers['webhook-id'] ?? '',
    'svix-timestamp': headers['webhook-timestamp'] ?? '',
    'svix-signature': headers['webhook-signature'] ?? '',
  }
  const body = call?.body.toString() ?? ''
  const told = { type: 'message.created', data: { seq: 2, message: { text: 'Olá, João' } } }
  expect(new Standard(secret).verify(body, headers)).toMatchObject(told)
  expect(() => new Svix(secret).verify(body, svixHeaders)).not.toThrow()
  expect(() => new Svix(secret).verify(`${body} `, svixHeaders)).toThrow()
})

it('keeps each attempt with what was answered', async () => {
  const hooks = await someWebhooks()
  const receiver = await aReceiver({ status: 201, headers: { 'x-trace': 'abc' }, body: 'x'.repeat(30_000) })
  const { id } = await hooks.endpoint(receiver.url, { events: ['message.created'] })
  const event = await hooks.say(await hooks.chat(), 'Hello')
  await poll(async () => (await hooks.delivery(id, event)).state).toBe('delivered')
  const { log, payload, ...shown } = await hooks.delivery(id, event)
  expect([shown, payload, log]).toEqual([
    expect.objectContaining({ eventId: event, type: 'message.created', seq: 2, attempts: 1, lastStatus: 201 }),
    receiver.bodies()[0],
    [
      {
        at: expect.any(String),
        ms: expect.any(Number),
        outcome: 'delivered',
        status: 201,
        why: null,
        headers: expect.arrayContaining([{ name: 'x-trace', value: 'abc' }]),
        body: 'x'.repeat(20_000),
        truncated: true,
      },
    ],
  ])
})
