import { expect, it } from 'vitest'
import { hasNeighbours, setUp, takeDown } from '../../../src/connectors/zendesk/setup/set-up.ts'
import { oauth } from './account.ts'
import { anAccount, examined, publicUrl, told } from './bare-account.ts'

const quiet = 'the condition that keeps triggers from mailing live chats'
const loud = '“Notify requester and CCs of received request” and “Notify requester and CCs of comment update”'
const app = 'the app in the ticket’s sidebar'
const hook = `the webhook to ${publicUrl}/connectors/zendesk/webhook`

it('makes what an account needs, and finds nothing to do the second time', async () => {
  const { pieces } = (await anAccount()).open()
  expect([await told(setUp(pieces)), await told(setUp(pieces))]).toEqual([
    [
      'made the ticket field chat_session_id',
      'made the ticket field user_id',
      'made the view Live chats',
      `mended ${quiet} (it is missing in ${loud})`,
      `made ${hook}`,
      `made ${app}`,
    ],
    [
      'nothing the ticket field chat_session_id',
      'nothing the ticket field user_id',
      'nothing the view Live chats',
      `nothing ${quiet}`,
      `nothing ${hook}`,
      `nothing ${app}`,
    ],
  ])
})

it('takes away what it made, and leaves the account’s own as it was', async () => {
  const { pieces, account } = (await anAccount()).open()
  const before = [await account.triggers(), await account.views(), await account.webhooks()]
  await told(setUp(pieces))
  const removed = await told(takeDown(pieces, false))
  expect([removed, [await account.triggers(), await account.views(), await account.webhooks()]]).toEqual([
    [
      `removed ${app}`,
      `removed ${hook}`,
      `removed ${quiet}`,
      'removed the view Live chats',
      'left the ticket field user_id (tickets hold its values, which would go with it)',
      'left the ticket field chat_session_id (tickets hold its values, which would go with it)',
    ],
    before,
  ])
})

it('rings by a trigger where the account offers no events, and takes that away as well', async () => {
  const { open, put } = await anAccount()
  await put('/sandbox/state', { offersEvents: false })
  const { pieces, account } = open()
  const before = await account.triggers()
  await told(setUp(pieces))
  const again = await told(setUp(pieces))
  const ringing = (await account.triggers()).filter(({ title }) => title.startsWith('Deskbridge'))
  await told(takeDown(pieces, false))
  expect([again.at(-2), ringing.map(({ actions }) => actions), await account.triggers()]).toEqual([
    `nothing ${hook}`,
    [[{ field: 'notification_webhook', value: [expect.any(String), '{"ticket_id":"{{ticket.id}}"}'] }]],
    before,
  ])
})

it('mends what somebody has switched off or changed, and keeps what they added', async () => {
  const { pieces, account } = (await anAccount()).open()
  await told(setUp(pieces))
  const [view] = await account.views()
  const [webhook] = (await account.webhooks()).filter(({ endpoint }) => endpoint.startsWith(publicUrl))
  const added = { field: 'status', operator: 'is_not', value: 'hold' }
  await account.updateView(view?.id ?? '', { active: false, all: [...(view?.conditions.all ?? []), added] })
  await account.updateWebhook(webhook?.id ?? '', { status: 'inactive', subscriptions: [] })

  const mended = await told(setUp(pieces))

  const [after] = await account.views()
  expect([mended.filter((line) => !line.startsWith('nothing')), after?.conditions.all.at(-1)]).toEqual([
    ['mended the view Live chats (it is deactivated)', `mended ${hook} (it is switched off)`],
    added,
  ])
  expect(await told(setUp(pieces))).toContain(`nothing ${hook}`)
})

it('leaves what another installation of the account needs', async () => {
  const { open } = await anAccount()
  const [ours, theirs] = [open(), open({ publicUrl: 'https://staging.acme.example' })]
  await told(setUp(ours.pieces))
  await told(setUp(theirs.pieces))
  expect([await hasNeighbours(theirs.setup), await told(takeDown(theirs.pieces, true))]).toEqual([
    true,
    [
      `removed ${app}`,
      'removed the webhook to https://staging.acme.example/connectors/zendesk/webhook',
      `left ${quiet} (another Deskbridge uses the account)`,
      'left the view Live chats (another Deskbridge uses the account)',
      expect.stringContaining('left the ticket field user_id'),
      expect.stringContaining('left the ticket field chat_session_id'),
    ],
  ])
  expect((await told(setUp(ours.pieces))).every((line) => line.startsWith('nothing'))).toBe(true)
})

it('knows the webhook’s secret from the account, and none before there is one', async () => {
  const { open } = await anAccount()
  const before = await open().webhookSecret.known()
  const { pieces, account, webhookSecret } = open()
  await told(setUp(pieces))
  const [webhook] = (await account.webhooks()).filter(({ endpoint }) => endpoint.startsWith(publicUrl))
  expect([before, await webhookSecret.known()]).toEqual([null, await account.signingSecret(webhook?.id ?? '')])
})

it('examines an account that is set up, and has nothing to say against it', async () => {
  const { open, url } = await anAccount()
  const ours = open()
  await told(setUp(ours.pieces))
  expect(await examined(ours)).toEqual([
    `ok: ${url} takes us in as Deskbridge (admin)`,
    'ok: the token has the scopes read and write',
    'ok: the plan allows 700 requests a minute, of which 400 may be used',
    `ok: Zendesk is told to call ${publicUrl}`,
    'ok: the ticket field chat_session_id',
    'ok: the ticket field user_id',
    'ok: the view Live chats',
    `ok: ${quiet}`,
    `ok: ${hook}`,
    `ok: ${app}`,
    'ok: the inboxes fill the ticket fields that a ticket needs to be solved',
  ])
})

it('warns of a ticket field that is required to solve a ticket and that no chat fills', async () => {
  const { open, post } = await anAccount()
  const ours = open()
  await told(setUp(ours.pieces))
  const { id } = await post('/sandbox/fields', { title: 'Order' })
  expect((await examined(ours)).at(-1)).toMatch(
    `warning: the end of a chat in “Our shop” does not solve its ticket, for which Zendesk wants “Order” (${id})`,
  )
})

it('says what is wrong and what to do about it', async () => {
  const { open } = await anAccount()
  const auth = { kind: 'token' as const, email: 'a@acme.example', apiToken: 'the token' }
  const found = await examined(open({ auth, requests: 2_500, publicUrl: 'http://localhost:3000' }))
  const setup = 'Run: bin/deskbridge zendesk setup'
  expect(found.filter((line) => !line.startsWith('ok'))).toEqual([
    expect.stringContaining('warning: signed in with an API token, of which Zendesk makes no new ones'),
    'problem: the plan allows 700 requests a minute, and 2500 are configured → Set zendesk.requests.limit to 700 or less.',
    expect.stringContaining('problem: Zendesk cannot reach http://localhost:3000 → Set PUBLIC_URL'),
    `problem: the ticket field chat_session_id is missing → ${setup}`,
    `problem: the ticket field user_id is missing → ${setup}`,
    `problem: the view Live chats is missing → ${setup}`,
    `problem: ${quiet}: it is missing in ${loud} → ${setup}`,
    `problem: the webhook to http://localhost:3000/connectors/zendesk/webhook is missing → ${setup}`,
    `warning: ${app} is missing → ${setup}`,
  ])
})

it.each([
  [
    'credentials that are refused',
    { auth: { ...oauth, clientSecret: 'wrong' } },
    'Check ZENDESK_CLIENT_ID and ZENDESK_CLIENT_SECRET',
  ],
  ['an address where nobody is', { url: 'http://127.0.0.1:9' }, 'Check ZENDESK_SUBDOMAIN or ZENDESK_URL'],
])('stops at %s and says what to check', async (_what, options, todo) => {
  const found = await examined((await anAccount()).open(options))
  expect([found.length, found[0]]).toEqual([1, expect.stringContaining(todo)])
})
