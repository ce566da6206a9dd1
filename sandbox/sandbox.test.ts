import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { fixture } from './fixtures/load.ts'
import type { Stand } from './serve.ts'
import { startSlack } from './slack/start.ts'
import { startZendesk } from './zendesk/start.ts'

const stopping: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stopping.splice(0)) await stop()
})

/** What a subscriber was sent; it answers with `statuses`, one after the other, then with 200. */
async function aSubscriber(statuses: number[] = []) {
  const requests: { headers: Record<string, unknown>; body: string }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    requests.push({ headers: request.headers, body })
    response.writeHead(statuses.shift() ?? 200).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  stopping.push(() => new Promise((resolve) => server.close(resolve)))
  const address = server.address()
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, requests }
}

async function aSlack(options: { eventsUrl?: string; factor?: number; folder?: string } = {}) {
  const stand = await startSlack({
    port: 0,
    token: 'xoxb',
    signingSecret: 'secret',
    channel: 'C1',
    factor: 1,
    ...options,
  })
  stopping.push(stand.stop)
  return stand
}

/** Slack's page, with what is clicked there; answers where it leads. */
async function clickedAt(slack: string, choice: 'allow' | 'cancel') {
  const asked = {
    client_id: 'sandbox-client',
    scope: 'chat:write',
    redirect_uri: 'https://app.example/back',
    state: 's',
  }
  const body = new URLSearchParams({ ...asked, team: 'T0SECOND', choice })
  const answer = await fetch(`${slack}/oauth/v2/authorize`, { method: 'POST', body, redirect: 'manual' })
  return new URL(answer.headers.get('location') ?? '').searchParams
}

async function aZendesk(options: { webhookUrl?: string; factor?: number } = {}) {
  const stand = await startZendesk({
    port: 0,
    clientId: 'id',
    clientSecret: 'secret',
    webhookSecret: 'hook',
    factor: 1,
    ...options,
  })
  stopping.push(stand.stop)
  const grant = {
    grant_type: 'client_credentials',
    client_id: 'id',
    client_secret: 'secret',
    scope: 'read write',
    expires_in: 3_600,
  }
  const { access_token } = await (await send(stand, '/oauth/tokens', 'POST', grant)).json()
  return {
    stand,
    call: (path: string, method: string, body?: object, headers = {}) =>
      send(stand, `/api/v2${path}`, method, body, { authorization: `Bearer ${access_token}`, ...headers }),
  }
}

const send = (stand: Stand, path: string, method: string, body?: object, headers: Record<string, string> = {}) =>
  fetch(`${stand.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body && { body: JSON.stringify(body) }),
  })

const post = (stand: Stand, body: object, token = 'xoxb') =>
  send(stand, '/api/chat.postMessage', 'POST', body, { authorization: `Bearer ${token}` })
const bodies = async (responses: Promise<Response>[]) =>
  Promise.all((await Promise.all(responses)).map((response) => response.json()))

it('takes each shape from a page of the vendor’s documentation', () => {
  const names = ['slack', 'zendesk'].flatMap((vendor) =>
    readdirSync(join(import.meta.dirname, 'fixtures', vendor)).map((file) => `${vendor}/${file.replace('.json', '')}`),
  )
  expect(
    names.filter((name) => !/^https:\/\/(docs\.slack\.dev|developer\.zendesk\.com)\//.test(fixture(name)._source)),
  ).toEqual([])
})

describe('the stand-in of Slack', () => {
  it('refuses what Slack refuses, with its codes', async () => {
    const slack = await aSlack()
    const answers = await bodies([
      post(slack, { channel: 'C1', text: 'x' }, 'other'),
      post(slack, { channel: 'C9', text: 'x' }),
      post(slack, { channel: 'C1', text: '' }),
      post(slack, { channel: 'C1', text: 'x', thread_ts: '1.000001' }),
    ])
    expect(answers.map(({ error }) => error)).toEqual([
      'invalid_auth',
      'channel_not_found',
      'no_text',
      'thread_not_found',
    ])
  })

  it('limits posts to a channel and says when to come back', async () => {
    const slack = await aSlack()
    const statuses: [number, string | null][] = []
    for (let count = 0; count < 5; count += 1) {
      const answer = await post(slack, { channel: 'C1', text: `${count}` })
      statuses.push([answer.status, answer.headers.get('retry-after')])
    }
    expect(statuses).toEqual([...Array.from({ length: 4 }, () => [200, null]), [429, expect.stringMatching(/^[1-4]$/)]])
  })

  it('signs its events and sends them again with their number until they are taken', async () => {
    const subscriber = await aSubscriber([500])
    const slack = await aSlack({ eventsUrl: subscriber.url, factor: 0.01 })
    await post(slack, { channel: 'C1', text: 'hello', metadata: { event_type: 'a', event_payload: { marker: 'm' } } })
    await expect.poll(() => subscriber.requests.length).toBe(2)
    const [first, second] = subscriber.requests
    const expected = createHmac('sha256', 'secret')
      .update(`v0:${first?.headers['x-slack-request-timestamp']}:${first?.body}`)
      .digest('hex')
    expect([
      first?.headers['x-slack-signature'],
      second?.headers['x-slack-retry-num'],
      second?.body === first?.body,
    ]).toEqual([`v0=${expected}`, '1', true])
  })

  it.each([
    ['drop_before', 0],
    ['drop_after', 1],
  ])('%s cuts the connection with %i posts made', async (kind, made) => {
    const slack = await aSlack()
    await fetch(`${slack.url}/sandbox/faults`, {
      method: 'PUT',
      body: JSON.stringify([{ kind, match: { method: 'chat.postMessage' } }]),
    })
    const outcome = await post(slack, { channel: 'C1', text: 'x' }).then(
      () => 'answered',
      () => 'cut',
    )
    const roots = await (await fetch(`${slack.url}/sandbox/channels/C1`)).json()
    expect([outcome, roots.length]).toEqual(['cut', made])
  })

  it.each([
    ['duplicate_event', ['a', 'a', 'b']],
    ['drop_event', ['b']],
    ['reorder_event', ['b', 'a']],
  ])('%s does that to the next event', async (kind, expected) => {
    const subscriber = await aSubscriber()
    const slack = await aSlack({ eventsUrl: subscriber.url })
    await fetch(`${slack.url}/sandbox/faults`, { method: 'PUT', body: JSON.stringify([{ kind }]) })
    const seen = () => subscriber.requests.map(({ body }) => JSON.parse(body).event.text)
    await post(slack, { channel: 'C1', text: 'a' })
    if (kind === 'duplicate_event') await expect.poll(seen).toEqual(['a', 'a'])
    await post(slack, { channel: 'C1', text: 'b' })
    await expect.poll(() => seen().toSorted()).toEqual(expected.toSorted())
  })

  it('finds its messages again after a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
    stopping.push(() => rm(folder, { recursive: true }))
    const first = await aSlack({ folder })
    await post(first, { channel: 'C1', text: 'kept' })
    await first.stop()
    const second = await aSlack({ folder })
    const [{ root }] = await (await fetch(`${second.url}/sandbox/channels/C1`)).json()
    expect(root.text).toBe('kept')
  })
})

describe('the stand-in of Zendesk', () => {
  const ticket = { ticket: { subject: 's', external_id: 'x', comment: { body: 'hello', public: false } } }

  it('makes one ticket for one idempotency key and refuses the key for another', async () => {
    const { call } = await aZendesk()
    const key = { 'idempotency-key': 'k' }
    const [first, second] = [
      await call('/tickets', 'POST', ticket, key),
      await call('/tickets.json', 'POST', ticket, key),
    ]
    const other = await call('/tickets', 'POST', { ticket: { ...ticket.ticket, subject: 'other' } }, key)
    const lookups = [first, second].map((answer) => answer.headers.get('x-idempotency-lookup'))
    const ids = (await bodies([Promise.resolve(first), Promise.resolve(second)])).map((body) => body.ticket.id)
    expect([lookups, ids[0] === ids[1], other.status]).toEqual([['miss', 'hit'], true, 400])
  })

  it('refuses an update with an old stamp, to a closed ticket, and to none', async () => {
    const { stand, call } = await aZendesk()
    const { id } = (await (await call('/tickets', 'POST', ticket)).json()).ticket
    const stale = await call(`/tickets/${id}`, 'PUT', {
      ticket: { status: 'open', safe_update: true, updated_stamp: '2001-01-01T00:00:00Z' },
    })
    await fetch(`${stand.url}/sandbox/tickets/${id}`, { method: 'PUT', body: JSON.stringify({ status: 'closed' }) })
    const closed = await call(`/tickets/${id}`, 'PUT', { ticket: { status: 'open' } })
    const missing = await call('/tickets/1', 'PUT', { ticket: { status: 'open' } })
    const answers = await bodies([stale, closed, missing].map((answer) => Promise.resolve(answer)))
    expect([stale, closed, missing].map((answer, index) => [answer.status, answers[index].error])).toEqual([
      [409, 'UpdateConflict'],
      [422, 'RecordInvalid'],
      [404, 'RecordNotFound'],
    ])
  })

  it('limits the updates of a ticket by the ten minutes', async () => {
    const { call } = await aZendesk()
    const { id } = (await (await call('/tickets', 'POST', ticket)).json()).ticket
    let last = new Response()
    for (let count = 0; count < 31; count += 1)
      last = await call(`/tickets/${id}`, 'PUT', { ticket: { status: 'open' } })
    expect([last.status, Number(last.headers.get('retry-after')) > 500]).toEqual([429, true])
  })

  it('mails the requester what its triggers say, and no more once a condition excludes the ticket', async () => {
    const { stand, call } = await aZendesk()
    const requester = { name: 'Ana', email: 'ana@example.com' }
    const { id } = (
      await (await call('/tickets', 'POST', { ticket: { ...ticket.ticket, requester, tags: ['chat'] } })).json()
    ).ticket
    const write = (body: string, isPublic: boolean) =>
      call(`/tickets/${id}`, 'PUT', { ticket: { comment: { body, public: isPublic } } })
    await write('a note', false)
    await write('an answer', true)
    const { triggers } = await (await call('/triggers?active=true', 'GET')).json()
    const update = triggers.find(({ title }: { title: string }) => title.endsWith('comment update'))
    const all = [...update.conditions.all, { field: 'current_tags', operator: 'not_includes', value: 'chat' }]
    await call(`/triggers/${update.id}`, 'PUT', { trigger: { conditions: { all, any: [] } } })
    await write('another answer', true)
    const mails = await (await fetch(`${stand.url}/sandbox/mails`)).json()
    expect(mails).toEqual([
      { ticket: id, to: 'ana@example.com', subject: 'Update', text: 'an answer', trigger: update.title },
    ])
  })

  it('signs its webhooks and calls again after a 409 but not after a 500', async () => {
    const subscriber = await aSubscriber([409, 200, 500])
    const { call } = await aZendesk({ webhookUrl: subscriber.url, factor: 0.01 })
    await call('/tickets', 'POST', ticket)
    await expect.poll(() => subscriber.requests.length).toBe(2)
    await call('/tickets', 'POST', ticket)
    await expect.poll(() => subscriber.requests.length).toBe(3)
    const [first] = subscriber.requests
    const expected = createHmac('sha256', 'hook')
      .update(`${first?.headers['x-zendesk-webhook-signature-timestamp']}${first?.body}`)
      .digest('base64')
    expect([first?.headers['x-zendesk-webhook-signature'], JSON.parse(first?.body ?? '{}').type]).toEqual([
      expected,
      'zen:event-type:ticket.comment_added',
    ])
  })
})

it('lets the app into another workspace, by a code that counts once', async () => {
  const { url } = await aSlack()
  const call = async (method: string, args: Record<string, string>, token?: string) => {
    const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {}
    const answer = await fetch(`${url}/api/${method}`, { method: 'POST', body: new URLSearchParams(args), headers })
    return (await answer.json()) as Record<string, unknown>
  }
  const code = (await clickedAt(url, 'allow')).get('code') ?? ''
  const client = { client_id: 'sandbox-client', redirect_uri: 'https://app.example/back', code }
  const exchange = (client_secret: string, more = {}) => call('oauth.v2.access', { ...client, client_secret, ...more })
  const refusals = [await exchange('wrong'), await exchange('sandbox-secret', { code: 'other' })]
  const granted = await exchange('sandbox-secret')
  const again = await exchange('sandbox-secret')
  const token = String(granted.access_token)
  const post = (channel: string) => call('chat.postMessage', { channel, text: 'hi' }, token)
  const [own, foreign] = [await post('C0SECOND01'), await post('C1')]
  const revoked = await call('auth.revoke', {}, token)
  expect({
    refusals: [...refusals, again, foreign, await post('C0SECOND01')].map(({ error }) => error),
    team: granted.team,
    ok: [own.ok, revoked.revoked],
    cancelled: Object.fromEntries(await clickedAt(url, 'cancel')),
  }).toEqual({
    refusals: ['bad_client_secret', 'invalid_code', 'code_already_used', 'channel_not_found', 'token_revoked'],
    team: { id: 'T0SECOND', name: 'Second' },
    ok: [true, true],
    cancelled: { error: 'access_denied', state: 's' },
  })
})
