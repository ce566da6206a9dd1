import { createHmac } from 'node:crypto'
import { Hono } from 'hono'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { fixture } from '../../../sandbox/fixtures/load.ts'
import { onError } from '../../platform/http/errors.ts'
import { zendeskRoutes } from './receiver.ts'
import { always, type Renewable } from './renewable.ts'

const secret = 'the secret'
const now = Date.UTC(2026, 0, 2, 12)
const documented = fixture('zendesk/event.comment_added').body

const known = { known: async () => secret, renewed: async () => null }

interface Sent {
  /** What the receiver knows of the account's secret. */
  knows?: Renewable<string>
  body: string | Uint8Array<ArrayBuffer>
  secret?: string
  at?: string
  signed?: string | Uint8Array
  headers?: Record<string, string>
}

/** A receiver of ours, and what a webhook leads to. */
async function receiving(sent: Sent, look: () => Promise<void> = async () => {}) {
  const looked: string[] = []
  const logger = pino({ level: 'silent' })
  const app = new Hono().onError(onError(logger))
  const arrivals = {
    accept: async () => {},
    look: async (destination: string, thread: string) => {
      await look()
      looked.push(`${destination} ${thread}`)
    },
  }
  app.route(
    '/',
    zendeskRoutes({
      ...{ name: 'zendesk', secret: sent.knows ?? known, ownUser: always('77'), arrivals, now: () => now, logger },
    }),
  )
  const at = sent.at ?? new Date(now).toISOString()
  const signature = createHmac('sha256', sent.secret ?? secret)
    .update(at)
    .update(sent.signed ?? sent.body)
    .digest('base64')
  const headers = sent.headers ?? {
    'x-zendesk-webhook-signature': signature,
    'x-zendesk-webhook-signature-timestamp': at,
  }
  const response = await app.request('/webhook', { method: 'POST', body: sent.body, headers })
  const text = await response.text()
  return { status: response.status, code: text === '' ? null : JSON.parse(text).error.code, looked }
}

const event = (values: Record<string, unknown> = {}) => JSON.stringify({ ...documented, ...values })
const comment = (isPublic: boolean) => ({ comment: { ...Object(documented.event).comment, is_public: isPublic } })

const changedBy = (actor: string, what: string) =>
  event({ type: `zen:event-type:ticket.${what}`, detail: { ...Object(documented.detail), actor_id: actor } })

it.each(['status_changed', 'agent_assignment_changed'])('looks at a ticket that somebody changed: %s', async (what) => {
  const body = changedBy('8447388090494', what)
  expect(await receiving({ body })).toEqual({ status: 200, code: null, looked: ['zendesk 5158'] })
})

it('looks at the ticket that an event webhook names', async () => {
  expect(await receiving({ body: event() })).toEqual({ status: 200, code: null, looked: ['zendesk 5158'] })
})

it.each(['{"ticket_id":"5158"}', '{"ticket_id":5158}'])(
  'looks at the ticket of a trigger’s webhook: %s',
  async (body) => {
    expect(await receiving({ body })).toEqual({ status: 200, code: null, looked: ['zendesk 5158'] })
  },
)

it.each([
  ['a private comment', event({ event: comment(false) })],
  ['another kind of event', event({ type: 'zen:event-type:ticket.priority_changed' })],
  ['a status that we set ourselves', changedBy('77', 'status_changed')],
  ['an assignee whom we set ourselves', changedBy('77', 'agent_assignment_changed')],
  ['an event of something else than a ticket', event({ subject: 'zen:user:7' })],
  ['an empty body', ''],
  ['an operator where the ticket’s id should be', '{"ticket_id":{"$ne":null}}'],
])('takes note of %s and looks at nothing', async (_what, body) => {
  expect(await receiving({ body })).toEqual({ status: 200, code: null, looked: [] })
})

it('checks the signature over the very bytes', async () => {
  const body = new Uint8Array([0xef, 0xbb, 0xbf, ...Buffer.from('{"ticket_id":1}')])
  const { status } = await receiving({ body, signed: Buffer.from('{"ticket_id":1}') })
  expect(status).toBe(401)
})

it.each<[string, Sent]>([
  ['another secret', { body: event(), secret: 'another' }],
  ['another body', { body: event(), signed: '{}' }],
  ['a time too long ago', { body: event(), at: new Date(now - 301_000).toISOString() }],
  ['a time too far ahead', { body: event(), at: new Date(now + 301_000).toISOString() }],
  ['a time that is none', { body: event(), at: 'yesterday' }],
  ['no signature', { body: event(), headers: {} }],
])('refuses %s', async (_what, sent) => {
  expect(await receiving(sent)).toEqual({ status: 401, code: 'wrong_signature', looked: [] })
})

it.each([-299_000, 299_000])('bears with a clock that is off by %i ms', async (off) => {
  expect((await receiving({ body: event(), at: new Date(now + off).toISOString() })).status).toBe(200)
})

it('says so when a signed body is not JSON', async () => {
  expect(await receiving({ body: 'ticket_id=5158' })).toEqual({ status: 400, code: 'invalid_json', looked: [] })
})

it('asks to be called again, with a 409, when it could not store the webhook', async () => {
  const down = () => Promise.reject(new Error('the database is down'))
  expect(await receiving({ body: event() }, down)).toEqual({ status: 409, code: null, looked: [] })
})

it('takes what is signed with a secret that the account has since', async () => {
  const changed = { known: async () => 'the old one', renewed: async () => secret }
  expect(await receiving({ body: event(), knows: changed })).toMatchObject({
    status: 200,
    looked: [expect.any(String)],
  })
})

it.each([
  ['no webhook of the account comes here', { known: async () => null, renewed: async () => null }, 401],
  [
    'the secret cannot be asked for',
    { known: () => Promise.reject(new Error('away')), renewed: async () => null },
    409,
  ],
])('takes nothing while %s', async (_why, knows, status) => {
  expect(await receiving({ body: event(), knows })).toMatchObject({ status, looked: [] })
})
