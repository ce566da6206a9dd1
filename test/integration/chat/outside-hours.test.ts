import { afterEach, expect, it } from 'vitest'
import { Inbox } from '../../../src/contract/inbox.ts'
import { aChat, type TestChat } from '../../support/chat.ts'

let open: TestChat | undefined
afterEach(async () => {
  await open?.close()
  open = undefined
})

const night = Date.parse('2026-06-30T22:00:00Z')
const email = 'ana@example.com'

/** A chat whose default inbox is open by day alone. */
async function aNightlyChat(outsideHours: object = { text: 'We are back at nine.' }, limits: object = {}) {
  const hours = { timeZone: 'UTC', weekly: { tue: [{ from: '09:00', to: '17:00' }] } }
  const inbox = Inbox.parse({ key: 'default', name: 'Desk', allowedOrigins: ['*'], hours, outsideHours })
  const clock = { now: night }
  const chat = await aChat({ now: () => clock.now, config: { inboxes: [inbox] }, limits })
  open = chat
  return { chat, clock }
}

const told = (events: Awaited<ReturnType<TestChat['events']>>) =>
  events.map(({ type, actor }) => `${type} ${actor.kind === 'system' ? actor.rule : actor.kind}`)

it('marks the chat and tells the visitor, who then leaves a message', async () => {
  const { chat } = await aNightlyChat()
  const { sessionId, token } = await chat.session({ email })
  const { sessionId: _, ...body } = chat.aMessage(sessionId, 'My order is late')
  await chat.call('POST', `/api/chat/sessions/${sessionId}/messages`, { token, body })
  const { messages } = (await chat.call('GET', `/api/chat/sessions/${sessionId}/messages`, { token })).body
  const agent = await chat.agent()
  const info = await chat.call('GET', `/api/chat/sessions/${sessionId}`, { token: agent.token })
  expect([
    told(await chat.events(sessionId)),
    messages.map(({ content, senderType }: { content: string; senderType: string }) => [senderType, content]),
    [info.body.offline, info.body.status],
  ]).toEqual([
    ['session_started visitor', 'message outside-hours', 'message visitor'],
    [
      ['system', 'We are back at nine.'],
      ['visitor', 'My order is late'],
    ],
    [true, 'queued'],
  ])
})

it('starts no chat without an email, unless the inbox does without, and says nothing where it has no text', async () => {
  const { chat } = await aNightlyChat()
  const refused = await chat.call('POST', '/api/chat/sessions', { body: {} })
  const written = await chat.written()
  await chat.close()
  const other = (await aNightlyChat({ requireEmail: false })).chat
  const { sessionId } = await other.session({})
  expect([refused.status, refused.body.error.details, written, told(await other.events(sessionId))]).toEqual([
    400,
    [{ path: 'email', problem: 'required' }],
    0,
    ['session_started visitor'],
  ])
})

it('is like any chat by day', async () => {
  const { chat, clock } = await aNightlyChat()
  clock.now = Date.parse('2026-06-30T10:00:00Z')
  const { sessionId } = await chat.session({})
  const [started] = await chat.events(sessionId)
  expect([told(await chat.events(sessionId)), started?.body]).toEqual([
    ['session_started visitor'],
    expect.not.objectContaining({ offline: expect.anything() }),
  ])
})

it('lets what was left wait for as long as it takes, and times out like any chat once it was answered', async () => {
  const limits = { sessionTimeout: 1_800_000, sessionTimeoutWarning: 300_000 }
  const { chat, clock } = await aNightlyChat({ text: null }, limits)
  const left = await chat.session({ email })
  const answered = await chat.session({ email })
  const agent = await chat.agent()
  const { sessionId: _, ...body } = chat.aMessage(answered.sessionId, 'Good morning')
  await chat.call('POST', `/api/chat/sessions/${answered.sessionId}/messages`, { token: agent.token, body })
  await chat.node().log.projected()
  const typesOf = async ({ sessionId }: { sessionId: string }) => told(await chat.events(sessionId))
  clock.now += 1_600_000
  await expect.poll(() => typesOf(answered), { timeout: 10_000 }).toContain('message timeout-warning')
  clock.now += 400_000
  await expect.poll(() => typesOf(answered), { timeout: 10_000 }).toContain('session_closed timeout')
  expect(await typesOf(left)).toEqual(['session_started visitor'])
})

it('asks for what the inbox asks for before it starts or counts a chat, by the path of each fault', async () => {
  const preChat = [
    { key: 'name', label: 'Name', required: true },
    { key: 'topic', label: 'Topic', type: 'select', options: ['Order', 'Other'], required: true },
  ]
  const inboxes = [Inbox.parse({ key: 'default', name: 'Desk', allowedOrigins: ['*'], preChat })]
  const limits = { sessionRateLimit: { perAddress: 1, perInbox: 1 } }
  const chat = await aChat({ config: { inboxes }, limits })
  open = chat
  const start = (body: object) => chat.call('POST', '/api/chat/sessions', { body })
  const refused = await start({ attributes: { topic: 'Refund' } })
  const started = await start({ name: 'Ana', attributes: { topic: 'Order', plan: 'pro' } })
  expect([refused.status, refused.body.error, started.status, await chat.written()]).toMatchObject([
    400,
    {
      code: 'invalid_input',
      details: [
        { path: 'name', problem: 'required' },
        { path: 'attributes.topic', problem: 'not one of the options' },
      ],
    },
    201,
    1,
  ])
})
