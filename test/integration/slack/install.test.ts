import nock from 'nock'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { documented, fixture } from '../../../sandbox/fixtures/load.ts'
import { scopesInUse } from '../../../src/connectors/slack/setup/scopes.ts'
import { placesHolding } from '../../support/walk.ts'
import { refused } from './arrange.ts'
import { anInstalling, answered } from './installing.ts'

type Installing = Awaited<ReturnType<typeof anInstalling>>
let desk: Installing
beforeAll(async () => {
  desk = await anInstalling()
})
beforeEach(async () => {
  await desk.connection.collection('slack_installations').deleteMany({})
  await desk.connection.collection('slack_used_states').deleteMany({})
})
afterEach(() => nock.cleanAll())
afterAll(() => desk.close())

const grant = fixture('slack/oauth.v2.access').body
const token = String(grant.access_token)
const redirectUri = 'https://chat.example.com/connectors/slack/oauth/callback'
const everything = async () => ({
  installations: await desk.connection.collection('slack_installations').find().toArray(),
  used: await desk.connection.collection('slack_used_states').find().toArray(),
})
const nothing = { installations: [], used: [] }

/** From the address to the end, with what Slack answers. */
async function installed(answer: object = grant) {
  answered('oauth.v2.access', answer)
  const { state } = await desk.link()
  return { state, ...(await desk.comeBack({ code: 'code-1', state })) }
}

it('gives an address that asks Slack for every scope in use', async () => {
  const { url, state, expiresAt } = await desk.link()
  expect({ at: url.origin + url.pathname, ...Object.fromEntries(url.searchParams), expiresAt }).toEqual({
    at: 'https://slack.example/oauth/v2/authorize',
    client_id: '2141029472.691202649728',
    scope: scopesInUse().join(','),
    redirect_uri: redirectUri,
    state,
    expiresAt: '2096-10-02T07:40:00.000Z',
  })
})

it('exchanges the code, keeps the token sealed, and says what to do next', async () => {
  const asked = answered('oauth.v2.access', grant)
  const { state } = await desk.link()
  const { status, page } = await desk.comeBack({ code: 'code-1', state })
  const list = await desk.list()
  expect({ status, asked, list }).toEqual({
    status: 200,
    asked: [
      {
        client_id: '2141029472.691202649728',
        client_secret: 'client-secret',
        code: 'code-1',
        redirect_uri: redirectUri,
      },
    ],
    list: [
      {
        team: 'T9TK3CUKW',
        name: 'Slack Softball Team',
        botUser: 'U0KRQLJ9H',
        app: 'A0KRD7HC3',
        scopes: ['commands', 'incoming-webhook'],
        installedAt: '2096-10-02T06:40:00.000Z',
        grantedAt: '2096-10-02T06:40:00.000Z',
        goneAt: null,
      },
    ],
  })
  expect(page).toContain('Deskbridge is in Slack Softball Team')
  expect(page).toContain('/invite @Deskbridge')
  const [stored] = await desk.store.list('now')
  expect([stored && desk.store.tokenOf(stored), await placesHolding(desk.stores, [token])]).toEqual([token, []])
})

it('shows a name as it is, whatever signs are in it', async () => {
  const { page } = await installed({ ...grant, team: { id: 'T1', name: '<script>x</script>' } })
  expect([page.includes('<script>'), page.includes('&lt;script&gt;')]).toEqual([false, true])
})

it('keeps its place and takes the new token where it is installed again', async () => {
  await installed()
  desk.pass(60_000)
  await installed({ ...grant, access_token: 'xoxb-2' })
  const [stored] = await desk.store.list('now')
  const [{ installedAt, grantedAt } = { installedAt: '', grantedAt: '' }] = await desk.list()
  expect(stored && desk.store.tokenOf(stored)).toBe('xoxb-2')
  expect(Date.parse(grantedAt) - Date.parse(installedAt)).toBe(60_000)
})

describe('an address that does not count', () => {
  it.each([
    ['forged', async () => `${(await desk.link()).state.slice(0, -3)}abc`],
    ['made with another secret', async () => otherState()],
    ['missing', async () => ''],
    ['of another kind of token', async () => 'eyJhbGciOiJub25lIn0.e30.'],
  ])('%s', async (_, stateOf) => {
    const asked = answered('oauth.v2.access', grant)
    const { status, code } = await desk.comeBack({ code: 'code-1', state: await stateOf() })
    expect({ status, code, asked, kept: await everything() }).toEqual({
      status: 410,
      code: 'install_link_invalid',
      asked: [],
      kept: nothing,
    })
  })

  it('is over after an hour', async () => {
    answered('oauth.v2.access', grant)
    const { state } = await desk.link()
    desk.pass(3_601_000)
    expect(await desk.comeBack({ code: 'code-1', state })).toMatchObject({ status: 410, code: 'install_link_invalid' })
    expect(await everything()).toEqual(nothing)
  })

  it('was used before', async () => {
    const { state } = await installed()
    const before = await everything()
    answered('oauth.v2.access', { ...grant, team: { id: 'T2', name: 'Another' } })
    expect(await desk.comeBack({ code: 'code-2', state })).toMatchObject({ status: 410, code: 'install_link_invalid' })
    expect(await everything()).toEqual(before)
  })

  it('counts once of two who use it at the same time', async () => {
    answered('oauth.v2.access', grant, { ...grant, team: { id: 'T2', name: 'Another' } })
    const { state } = await desk.link()
    const both = await Promise.all(['code-1', 'code-2'].map((code) => desk.comeBack({ code, state })))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410])
    expect(await desk.list()).toHaveLength(1)
  })
})

describe('what keeps it from being installed', () => {
  it.each<[string, Record<string, string>, object, number, string, RegExp]>([
    ['whoever was there cancels', { error: 'access_denied' }, {}, 403, 'install_cancelled', /cancelled/],
    [
      'the app is not distributed',
      { error: 'invalid_team_for_non_distributed_app' },
      {},
      409,
      'slack_refused',
      /Manage Distribution/,
    ],
    ['it comes back with anybody’s words', { error: 'Call <b>555</b>' }, {}, 409, 'slack_refused', /unknown_error/],
    ['no code comes', {}, {}, 400, 'invalid_input', /missing/],
    ['the code is over', { code: '1' }, refused('invalid_code'), 409, 'slack_refused', /invalid_code/],
    ['the code was used', { code: '1' }, refused('code_already_used'), 409, 'slack_refused', /code_already_used/],
    ['the secret is wrong', { code: '1' }, refused('bad_client_secret'), 409, 'slack_refused', /SLACK_CLIENT_SECRET/],
    [
      'the address is not in the app',
      { code: '1' },
      refused('bad_redirect_uri'),
      409,
      'slack_refused',
      /redirect_urls/,
    ],
    [
      'it is for a whole organisation',
      { code: '1' },
      documented('slack/oauth.v2.access', { team: null, is_enterprise_install: true }),
      422,
      'install_not_supported',
      /whole organisation/,
    ],
    [
      'its tokens expire',
      { code: '1' },
      { ...grant, expires_in: 43_200, refresh_token: 'xoxe-1' },
      422,
      'install_not_supported',
      /token rotation/,
    ],
    ['Slack answers in another form', { code: '1' }, { ok: true }, 503, 'unavailable', /did not answer/],
  ])('%s', async (_, query, answer, status, code, sentence) => {
    answered('oauth.v2.access', answer)
    const { state } = await desk.link()
    const said = await desk.comeBack({ ...query, state })
    expect({ ...said, page: sentence.test(said.page), headers: said.headers.get('cache-control') }).toEqual({
      ...{ status, code, page: true, headers: 'no-store' },
    })
    expect(await everything()).toEqual(nothing)
  })

  it('leaves the address good for another try', async () => {
    const { state } = await installed(refused('invalid_code'))
    answered('oauth.v2.access', grant)
    expect(await desk.comeBack({ code: 'code-2', state })).toMatchObject({ status: 200 })
  })
})

describe('for administrators', () => {
  it.each([
    ['POST', '/links'],
    ['GET', ''],
    ['DELETE', '/T9TK3CUKW'],
  ])('alone: %s %s', async (method, path) => {
    expect(await desk.ask(method, path, {})).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } })
  })

  it('removes a workspace after its token was revoked', async () => {
    await installed()
    const asked = answered('auth.revoke', fixture('slack/auth.revoke').body)
    const { status } = await desk.ask('DELETE', '/T9TK3CUKW')
    expect({ status, asked, list: await desk.list() }).toEqual({
      status: 204,
      asked: [{ authorization: `Bearer ${token}` }],
      list: [],
    })
  })

  it.each([
    ['removes one whose token is not taken any more', refused('token_revoked'), 204, 0],
    ['keeps one whose token could not be revoked', refused('internal_error'), 503, 1],
  ])('%s', async (_, answer, status, left) => {
    await installed()
    answered('auth.revoke', answer)
    expect((await desk.ask('DELETE', '/T9TK3CUKW')).status).toBe(status)
    expect(await desk.list()).toHaveLength(left)
  })

  it('says so where there is none, and where the client is not set', async () => {
    const { app } = desk.appWith({ oauth: undefined })
    const path = '/api/admin/slack/installations/links'
    const answer = await app.request(path, { method: 'POST', headers: { authorization: 'Bearer admin' } })
    expect([(await desk.ask('DELETE', '/T0NOBODY')).status, answer.status, await answer.json()]).toEqual([
      404,
      409,
      { error: expect.objectContaining({ code: 'slack_not_configured' }) },
    ])
  })
})

it('seals a token anew with a changed secret as long as the one before is known', async () => {
  await installed()
  const tokenWith = async (secrets: { secret: string; previousSecret?: string }) => {
    const { store } = desk.appWith({}, secrets)
    const [stored] = await store.list('now')
    return stored && store.tokenOf(stored)
  }
  const changed = { secret: 'another secret of the tests, long enough' }
  const tokens = [await tokenWith(changed), await tokenWith({ ...changed, previousSecret: desk.secret })]
  expect([...tokens, await tokenWith(changed)]).toEqual([null, token, token])
})

async function otherState(): Promise<string> {
  const { app } = desk.appWith({}, { secret: 'another secret of the tests, long enough' })
  const path = '/api/admin/slack/installations/links'
  const answer = await app.request(path, { method: 'POST', headers: { authorization: 'Bearer admin' } })
  const { url } = (await answer.json()) as { url: string }
  return new URL(url).searchParams.get('state') ?? ''
}
