import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RemoteAuthor } from '../../../src/bridge/conversation.ts'
import { EventKey, SessionId } from '../../../src/contract/ids.ts'
import { adminKey } from '../../support/chat.ts'
import { aDesk, type Desk } from '../../support/desk.ts'
import { aPicture, setPicture } from '../../support/files.ts'

let desk: Desk
beforeAll(async () => {
  desk = await aDesk({ strategy: 'manual' })
})
afterAll(() => desk.close())

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 20_000, interval: 50 })

const inSlack = ({ sessionId }: { sessionId: string }) => ({ session: SessionId.parse(sessionId), system: 'slack' })

let replies = 0
/** What somebody wrote in Slack, as it is taken in. */
async function replied(sessionId: string, author: Omit<RemoteAuthor, 'id' | 'name'>, key = `slack:${(replies += 1)}`) {
  const { conversation } = desk.chat.node().chat
  const actor = await conversation.whoIs({ id: 'U7', name: 'bo.slack', ...author }, inSlack({ sessionId }))
  const session = SessionId.parse(sessionId)
  await conversation.post({ session, key: EventKey.parse(key), actor, origin: 'slack', text: 'It is on its way' })
}

const senders = async ({ sessionId, token }: { sessionId: string; token: string }) => {
  const { body } = await desk.chat.call('GET', `/api/chat/sessions/${sessionId}/messages`, { token })
  const fromTeam = body.messages.filter(({ senderType }: { senderType: string }) => senderType === 'agent')
  return fromTeam.map(({ senderId, senderName }: { senderId: string; senderName: string }) => [senderId, senderName])
}

const asTold = ['U7', 'bo.slack']
/** An account under this email. */
async function anAccount(email: string, about: object = {}) {
  const body = { name: 'Bo Bell', email, capacity: 0, ...about }
  const made = await desk.chat.call('POST', '/api/admin/agents', { token: adminKey, body })
  return made.body.id as string
}

it('is the agent’s own answer where the writer’s email is an agent’s, in whatever case', async () => {
  const id = await anAccount('Bo.Bell@example.com')
  const visitor = await desk.visitor()
  await replied(visitor.sessionId, { email: 'bo.bell@EXAMPLE.com' })
  const state = await desk.state(visitor.sessionId)
  expect({ senders: await senders(visitor), status: state?.status, agents: state?.agents }).toEqual({
    senders: [[id, 'Bo Bell']],
    status: 'active',
    agents: [{ id, name: 'Bo Bell' }],
  })
})

it.each<[string, (email: string) => Promise<unknown>]>([
  ['nobody here', async () => {}],
  [
    'somebody who has left',
    async (email) => {
      const id = await anAccount(email)
      await desk.chat.call('POST', `/api/admin/agents/${id}/deactivate`, { token: adminKey, body: {} })
    },
  ],
  ['an agent of other inboxes', (email) => anAccount(email, { inboxes: ['elsewhere'] })],
])('is a colleague’s under their own name where the email is that of %s', async (_whose, arrange) => {
  const email = `${crypto.randomUUID()}@example.com`
  await arrange(email)
  const visitor = await desk.visitor()
  await replied(visitor.sessionId, { email })
  expect(await senders(visitor)).toEqual([asTold])
})

it('is a colleague’s where nobody vouches for an email', async () => {
  const visitor = await desk.visitor()
  await replied(visitor.sessionId, {})
  expect(await senders(visitor)).toEqual([asTold])
})

it('is the answer of an agent of this inbox', async () => {
  const id = await anAccount('inside@example.com', { inboxes: ['elsewhere', 'default'] })
  const visitor = await desk.visitor()
  await replied(visitor.sessionId, { email: 'inside@example.com' })
  expect(await senders(visitor)).toEqual([[id, 'Bo Bell']])
})

it('stays whose it was when it is repeated after its writer was given an account', async () => {
  const email = 'late@example.com'
  const visitor = await desk.visitor()
  await replied(visitor.sessionId, { email }, 'slack:late')
  await anAccount(email)
  await expect(replied(visitor.sessionId, { email }, 'slack:late')).rejects.toMatchObject({ code: 'key_conflict' })
  expect(await senders(visitor)).toEqual([asTold])
})

it('is the same when it is repeated under another name and with another picture', async () => {
  const email = 'renamed@example.com'
  const id = await anAccount(email)
  const visitor = await desk.visitor()
  await replied(visitor.sessionId, { email }, 'slack:renamed')
  await setPicture(desk.chat, id, await aPicture('png'))
  const change = { token: adminKey, body: { name: 'Bo Bold' } }
  await desk.chat.call('PATCH', `/api/admin/agents/${id}`, change)
  await replied(visitor.sessionId, { email }, 'slack:renamed')
  expect(await senders(visitor)).toEqual([[id, 'Bo Bell']])
})

it('gives the chat to an agent who is there and has room, as if they had answered here', async () => {
  const bo = await desk.agent('Bo', { capacity: 2 })
  const { email } = await bo.read()
  const visitor = await desk.visitor()
  await replied(visitor.sessionId, { email })
  await poll(() => desk.assignee(visitor.sessionId)).toBe(bo.id)
  const log = await desk.chat.events(visitor.sessionId)
  expect([log.map(({ type, origin }) => [type, origin]), await bo.places()]).toEqual([
    [
      ['session_started', 'deskbridge'],
      ['message', 'deskbridge'],
      ['message', 'slack'],
      ['assigned', 'deskbridge'],
    ],
    [visitor.sessionId],
  ])
})

it.each([
  ['is offline', { status: 'offline' as const }],
  ['has no room', { capacity: 0 }],
])('leaves a chat answered and nobody’s when the agent %s', async (_why, about) => {
  const bo = await desk.agent('Bo', about)
  const { email } = await bo.read()
  const visitor = await desk.visitor()
  await replied(visitor.sessionId, { email })
  // Whoever answers after them is asked for after them.
  const cy = await desk.agent('Cy')
  await desk.chat.say(visitor.sessionId, cy.token, 'And here is Cy')
  await poll(() => desk.assignee(visitor.sessionId)).toBe(cy.id)
  expect([await bo.places(), (await desk.state(visitor.sessionId))?.status]).toEqual([[], 'active'])
})

it('leaves a chat with the agent who has it', async () => {
  const [bo, cy] = [await desk.agent('Bo'), await desk.agent('Cy')]
  const { email } = await cy.read()
  const visitor = await desk.visitor()
  await desk.chat.say(visitor.sessionId, bo.token, 'Let me see')
  await poll(() => desk.assignee(visitor.sessionId)).toBe(bo.id)
  await replied(visitor.sessionId, { email })
  expect([await desk.assignee(visitor.sessionId), await cy.places()]).toEqual([bo.id, []])
})

it('stands with the agent’s own picture, and with that of the other system where they have none', async () => {
  const bytes = await aPicture('png', { width: 192, height: 192 })
  const picture = { address: 'https://avatars.slack-edge.com/1.png', read: async () => bytes }
  const id = await anAccount('pictured@example.com')
  const visitor = await desk.visitor()
  // Whoever is in a hurry does without it.
  await poll(() =>
    desk.chat.node().chat.conversation.whoIs({ id: 'U7', name: 'Bo', picture }, inSlack(visitor)),
  ).toHaveProperty('picture')
  await replied(visitor.sessionId, { email: 'pictured@example.com', picture })
  const own = await setPicture(desk.chat, id, await aPicture('jpeg'))
  await replied(visitor.sessionId, { email: 'pictured@example.com', picture })
  const { body } = await desk.chat.call('GET', `/api/chat/sessions/${visitor.sessionId}/messages`, {
    token: visitor.token,
  })
  const [theirs, ours] = body.messages
    .slice(1)
    .map(({ senderPicture }: { senderPicture: string | null }) => senderPicture)
  expect([theirs, ours, theirs === ours]).toEqual([expect.stringContaining('/pictures/pic_'), own.body.picture, false])
})
