import { afterAll, beforeAll, expect, it } from 'vitest'
import { aChat, adminKey, type TestChat } from '../../support/chat.ts'
import { aBrowser, anAccount } from '../../support/signed-in.ts'

const hourMs = 3_600_000
const clock = { later: 0 }
let chat: TestChat
beforeAll(async () => {
  chat = await aChat({ nodes: 2, now: () => Date.now() + clock.later })
})
afterAll(() => chat.close())

const vouched = (index = 0) => chat.node(index).access.vouched
const status = async (token: string, index = 0) =>
  (await chat.call('GET', '/api/chat/sessions', { token, on: index })).status

/** An agent for whom Zendesk has given its word. */
async function aVouchedFor() {
  const account = await anAccount(chat)
  const signedIn = await vouched().vouchedFor(account.email, 'Zendesk')
  if (!signedIn) throw new Error('nobody has that email')
  return { ...account, signedIn }
}

it('signs in the agent of that email, with one session however often, which is listed like a browser’s', async () => {
  const { id, email, signedIn } = await aVouchedFor()
  const again = await vouched(1).vouchedFor(email.toUpperCase(), 'Zendesk')
  const browser = aBrowser(chat)
  await browser.signIn(email)
  const { sessions } = await (await browser.send('GET', '/api/auth/sessions')).json()
  const tokens = [signedIn.token, again?.token ?? '']
  expect([
    signedIn.agent,
    await Promise.all(tokens.map((token, index) => status(token, index))),
    sessions.map(({ userAgent }: { userAgent: string }) => userAgent === 'Zendesk').sort(),
  ]).toEqual([{ id, name: 'Bo' }, [200, 200], [false, true]])
})

it('does not know an email of nobody, or of somebody who left', async () => {
  const { email, admin } = await anAccount(chat)
  await admin('POST', '/deactivate')
  expect([
    await vouched().vouchedFor('nobody@example.com', 'Zendesk'),
    await vouched().vouchedFor(email, 'Zendesk'),
  ]).toEqual([null, null])
})

it('renews a token until twelve hours after its end, and no longer', async () => {
  const { signedIn } = await aVouchedFor()
  clock.later += 12 * hourMs
  const ended = await status(signedIn.token)
  const next = await vouched(1).renew(signedIn.token, 'Zendesk')
  const works = await status(next.token)
  clock.later += 13 * hourMs
  await expect(vouched().renew(next.token, 'Zendesk')).rejects.toMatchObject({ code: 'unauthorized' })
  expect([ended, works, next.agent]).toEqual([401, 200, signedIn.agent])
})

it('ends with its sessions, and with the account', async () => {
  const { id, signedIn } = await aVouchedFor()
  const other = await aVouchedFor()
  await chat.call('DELETE', `/api/admin/agents/${id}/sessions`, { token: adminKey })
  await other.admin('POST', '/deactivate')
  const refusals = await Promise.all(
    [signedIn, other.signedIn].map(({ token }) =>
      vouched()
        .renew(token, 'Zendesk')
        .catch((error) => error.code),
    ),
  )
  expect([refusals, await status(signedIn.token), await status(other.signedIn.token)]).toEqual([
    ['unauthorized', 'unauthorized'],
    401,
    401,
  ])
})

it('renews nothing that a browser, an administrator or another system got', async () => {
  const { id, email, signedIn } = await aVouchedFor()
  const browser = aBrowser(chat)
  await browser.signIn(email)
  const { body } = await chat.call('POST', `/api/admin/agents/${id}/token`, { token: adminKey })
  const { token } = await chat.session()
  const tried = [
    [await browser.token(), 'Zendesk'],
    [body.token, 'Zendesk'],
    [signedIn.token, 'Other'],
    [token, 'Zendesk'],
  ]
  const refusals = tried.map(([token = '', by = '']) =>
    vouched()
      .renew(token, by)
      .catch((error) => error.code),
  )
  expect(await Promise.all(refusals)).toEqual(Array(4).fill('unauthorized'))
})
