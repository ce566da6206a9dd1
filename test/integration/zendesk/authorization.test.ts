import nock from 'nock'
import { expect, it } from 'vitest'
import { withoutNetwork } from '../../support/no-network.ts'
import { anAccount, connectorAt } from './account.ts'

withoutNetwork()

const withToken = (token: string, values: Record<string, unknown> = {}) => ({
  name: 'zendesk/oauth.tokens',
  values: { access_token: token, ...values },
})
const used = ({ asked }: ReturnType<typeof anAccount>) =>
  asked.map(({ request, authorization }) => `${request} ${authorization ?? ''}`.trim())
const show = 'GET /api/v2/tickets/7.json Bearer'

it('asks for a token once for calls that begin together, and again before it ends', async () => {
  const account = anAccount()
  for (const _ of [1, 2, 3]) account.ticket(7)
  await Promise.all([account.api.showTicket('7'), account.api.showTicket('7')])
  account.clock.now += 3_541_000
  account.answer('post', '/oauth/tokens', withToken('second'))
  await account.api.showTicket('7')
  expect(used(account)).toEqual([
    'POST /oauth/tokens',
    `${show} gErypPlm4dOVgGRvA1ZzMH5MQ3nLo8bo`,
    `${show} gErypPlm4dOVgGRvA1ZzMH5MQ3nLo8bo`,
    'POST /oauth/tokens',
    `${show} second`,
  ])
})

it('takes a new token when the old one is refused, and makes the call again', async () => {
  const account = anAccount()
  account.answer('get', '/api/v2/tickets/7.json', { name: 'zendesk/unauthorized' })
  account.answer('post', '/oauth/tokens', withToken('second'))
  account.ticket(7)
  await account.api.showTicket('7')
  expect(used(account)).toEqual([
    'POST /oauth/tokens',
    `${show} gErypPlm4dOVgGRvA1ZzMH5MQ3nLo8bo`,
    'POST /oauth/tokens',
    `${show} second`,
  ])
})

it('halts when the new token is refused as well', async () => {
  const account = anAccount()
  account.answer('post', '/oauth/tokens', withToken('second'))
  for (const _ of [1, 2]) account.answer('get', '/api/v2/tickets/7.json', { name: 'zendesk/unauthorized' })
  await expect(account.api.showTicket('7')).rejects.toMatchObject({
    failure: { kind: 'halted' },
    code: 'invalid_token',
  })
})

it.each([
  ['wrong credentials', { status: 401, text: '{"error":"invalid_client"}' }, { kind: 'halted' }],
  ['an outage', { status: 503, text: '' }, { kind: 'transient' }],
  ['a page', { status: 200, text: '<html></html>' }, { kind: 'transient' }],
  ['a limit', { name: 'zendesk/rate_limited' }, { kind: 'limited', scope: 'destination', afterMs: 60_000 }],
])('takes %s instead of a token for something without an effect', async (_what, answer, failure) => {
  const account = anAccount()
  nock.cleanAll()
  account.answer('post', '/oauth/tokens', answer)
  await expect(account.api.showTicket('7')).rejects.toMatchObject({ failure })
})

it('signs in with an email and an API token where that is set', async () => {
  nock('https://acme.zendesk.com', { reqheaders: { authorization: 'Basic YUBhY21lLmV4YW1wbGUvdG9rZW46dGhlIHRva2Vu' } })
    .get('/api/v2/tickets/7.json')
    .reply(200, { ticket: { id: 7, status: 'open', tags: [], updated_at: '2026-01-02T12:00:00Z' } })
  const auth = { kind: 'token' as const, email: 'a@acme.example', apiToken: 'the token' }
  const { api } = connectorAt('https://acme.zendesk.com/', { auth })
  expect(await api.showTicket('7')).toEqual({ id: '7', status: 'open', tags: [], updated_at: '2026-01-02T12:00:00Z' })
})

it('finds the token’s address whether or not the configured one ends in a slash', async () => {
  const account = anAccount()
  account.ticket(7)
  const { api } = connectorAt('https://acme.zendesk.com/')
  expect(await api.showTicket('7')).toMatchObject({ id: '7' })
})
