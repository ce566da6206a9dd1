import { afterAll, beforeAll, expect, it } from 'vitest'
import { aChat, type TestChat } from '../../support/chat.ts'
import { anIdentityProvider, client } from '../../support/identity-provider.ts'
import { aBrowser, anAccount, ownOrigin } from '../../support/signed-in.ts'

let provider: Awaited<ReturnType<typeof anIdentityProvider>>
let chat: TestChat
beforeAll(async () => {
  provider = await anIdentityProvider(`${ownOrigin}/api/auth/callback/oidc`)
  chat = await aChat({ nodes: 2, config: { oidc: { issuer: provider.issuer, name: 'Corporate', ...client } } })
})
afterAll(async () => {
  await chat.close()
  await provider.close()
})

let people = 0
const aPerson = (email: string, verified = true) => {
  const id = `person-${(people += 1)}`
  provider.know(id, { email, email_verified: verified, name: 'Whoever' })
  return id
}

/** Begins on one node and comes back to another. */
async function signInThrough(person: string, returnTo = '/console') {
  const browser = aBrowser(chat)
  const { body } = await browser.ask('POST', '/api/auth/sign-in/provider', { returnTo })
  const back = await provider.goThrough(body.url, person)
  const other = aBrowser(chat, 1)
  for (const [name, value] of browser.jar) other.jar.set(name, value)
  const answer = await other.send('GET', `${back.pathname}${back.search}`)
  return { browser: other, start: new URL(body.url), back, to: answer.headers.get('location') }
}

it('signs in an agent whose email the provider vouches for, with a code, PKCE and a nonce', async () => {
  const account = await anAccount(chat, { password: undefined })
  const { browser, start, to } = await signInThrough(aPerson(account.email.toUpperCase()))
  const { body } = await browser.ask('GET', '/api/auth/session')
  const asked = ['response_type', 'code_challenge_method', 'client_id'].map((name) => start.searchParams.get(name))
  const random = ['state', 'nonce', 'code_challenge'].map((name) => start.searchParams.get(name)?.length ?? 0)
  expect([to, body.agent?.id, asked, random.every((length) => length >= 32)]).toEqual([
    '/console',
    account.id,
    ['code', 'S256', client.clientId],
    true,
  ])
})

it('knows them again by their id there, whatever their email there becomes, and keeps none of the provider’s tokens', async () => {
  const account = await anAccount(chat, { password: undefined })
  const other = await anAccount(chat, { password: undefined })
  const person = aPerson(account.email)
  await signInThrough(person)
  provider.know(person, { email: other.email, email_verified: true, name: 'Whoever' })
  const { browser } = await signInThrough(person)
  const { body } = await browser.ask('GET', '/api/auth/session')
  const ways = await chat.node().connection.collection('signInWays').find({ userId: account.id }).toArray()
  expect([body.agent.id, ways.map(({ accountId, accessToken, idToken }) => [accountId, accessToken, idToken])]).toEqual(
    [account.id, [[person, null, null]]],
  )
})

it.each([
  ['nobody here has', async () => aPerson('nobody@example.com'), 'signup_disabled'],
  [
    'the provider does not vouch for',
    async () => aPerson((await anAccount(chat, { password: undefined })).email, false),
    'account_not_linked',
  ],
  [
    'an inactive agent has',
    async () => {
      const account = await anAccount(chat, { password: undefined })
      await account.admin('POST', '/deactivate')
      return aPerson(account.email)
    },
    'unable_to_create_session',
  ],
])('sends back whoever comes with an email that %s', async (_, person, error) => {
  const agents = chat.node().connection.collection('agents')
  const id = await person()
  const before = await agents.countDocuments()
  const { browser, to } = await signInThrough(id)
  expect([to, await browser.isSignedIn(), await agents.countDocuments()]).toEqual([
    `/console?error=${error}`,
    false,
    before,
  ])
})

it('does not take another browser’s way back, nor the same one twice', async () => {
  const account = await anAccount(chat, { password: undefined })
  const { back } = await signInThrough(aPerson(account.email))
  const victim = aBrowser(chat)
  await victim.ask('POST', '/api/auth/sign-in/provider', {})
  const begun = aBrowser(chat)
  const { body } = await begun.ask('POST', '/api/auth/sign-in/provider', {})
  const unused = await provider.goThrough(body.url, aPerson(account.email))
  for (const url of [back, unused]) await victim.send('GET', `${url.pathname}${url.search}`)
  expect(await victim.isSignedIn()).toBe(false)
})

it.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
  'goes on to no other site: %s',
  async (returnTo) => {
    const answer = await aBrowser(chat).ask('POST', '/api/auth/sign-in/provider', { returnTo })
    expect([answer.status, answer.body.error.code]).toEqual([400, 'invalid_input'])
  },
)

it('says what there is to sign in with', async () => {
  const without = await aChat()
  const ways = [await chat.call('GET', '/api/auth/ways'), await without.call('GET', '/api/auth/ways')]
  const start = await aBrowser(without).ask('POST', '/api/auth/sign-in/provider', {})
  await without.close()
  expect([ways.map(({ body }) => body), start.status]).toEqual([
    [
      { password: true, provider: 'Corporate', isFirstStart: true },
      { password: true, provider: null, isFirstStart: true },
    ],
    404,
  ])
})
