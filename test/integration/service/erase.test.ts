import { SignJWT } from 'jose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Message } from '../../../src/contract/chat.ts'
import type { ErasureReport } from '../../../src/contract/privacy.ts'
import { aPicture } from '../../support/files.ts'
import { aMailServer, type MailServer } from '../../support/mail-server.ts'
import { placesHolding } from '../../support/walk.ts'
import { adminKey, aWorld, channel, type World } from '../../support/world.ts'

let world: World
let mails: MailServer
beforeAll(async () => {
  mails = await aMailServer()
  mails.putOff.add('dulcinea@example.com')
  world = await aWorld({ factor: 0.2, env: { SMTP_URL: mails.url, SMTP_FROM: 'support@acme.example' } })
})
afterAll(async () => {
  await world.close()
  await mails.close()
})

const patience = { timeout: 300_000 }
const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 100_000, interval: 50 })
const privacy = <T>(method: string, path: string, body?: object) =>
  world.api<T>(`/api/admin/privacy${path}`, { method, body, headers: { authorization: `Bearer ${adminKey}` } })
const report = (id: string) => privacy<ErasureReport>('GET', `/erasures/${id}`)

/** In all that the visitor says and is; `team` in what people write about them. */
const words = ['Quixana', 'quixana@example.com', 'rocinante', 'dulcinea']

async function uploaded(token: string): Promise<string> {
  const form = new FormData()
  form.set('file', new File([(await aPicture('png')) as BlobPart], 'rocinante.png', { type: 'image/png' }))
  const headers = { authorization: `Bearer ${token}` }
  const answer = await fetch(`${world.url}/api/chat/upload`, { method: 'POST', body: form, headers })
  return ((await answer.json()) as { fileId: string }).fileId
}

const admin = <T>(path: string, body: object) =>
  world.api<T>(`/api/admin${path}`, { method: 'POST', body, headers: { authorization: `Bearer ${adminKey}` } })
const inChat = <T>(sessionId: string, what: string, token: string, body: object) =>
  world.api<T>(`/api/chat/sessions/${sessionId}/${what}`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${token}` },
  })

/** By a site's backend that knows the visitor as `rocinante-7`. */
async function aProof(): Promise<string> {
  const { kid, secret } = await admin<{ kid: string; secret: string }>('/inboxes/default/identity-keys', {
    algorithm: 'HS256',
  })
  return new SignJWT({ sub: 'rocinante-7', aud: 'default', name: 'Quixana', attributes: { lady: 'dulcinea' } })
    .setProtectedHeader({ alg: 'HS256', kid })
    .setIssuedAt()
    .setExpirationTime('10 minutes')
    .sign(new TextEncoder().encode(secret))
}

/** With a picture of their own, says what a canned response says of the visitor, and hands the chat on with a note. */
async function answeredByTeam(sessionId: string): Promise<void> {
  const email = `sancho-${sessionId}@example.com`
  const { id } = await admin<{ id: string }>('/agents', { name: 'Sancho', email, teams: ['squires'], capacity: 0 })
  const { token } = await admin<{ token: string }>(`/agents/${id}/token`, {})
  const picture = {
    method: 'PUT',
    body: (await aPicture('png')) as BodyInit,
    headers: { authorization: `Bearer ${adminKey}` },
  }
  await fetch(`${world.url}/api/admin/agents/${id}/picture`, picture)
  const canned = await admin<{ id: string }>('/canned', { name: 'Greeting', text: 'Dear {{visitor.name}}!' })
  const rendering = { method: 'POST', body: { sessionId }, headers: { authorization: `Bearer ${token}` } }
  const { text } = await world.api<{ text: string }>(`/api/chat/canned/${canned.id}/render`, rendering)
  await inChat(sessionId, 'messages', token, { content: text, clientMessageId: 'canned-answer' })
  const note = 'dulcinea is to know of rocinante'
  await inChat(sessionId, 'transfer', token, { to: { team: 'squires' }, note })
}

/** One that has arrived, and one that the mail server puts off again and again. */
async function mailed(sessionId: string, token: string): Promise<void> {
  const before = mails.arrived.length
  await inChat(sessionId, 'transcript/email', token, { to: 'quixana@example.com' })
  await poll(() => mails.arrived.length).toBe(before + 1)
  await inChat(sessionId, 'transcript/email', token, { to: 'dulcinea@example.com' })
}

/** A chat with everything in it that a feature keeps somewhere. */
async function aFullChat(email: string) {
  const visitor = await world.visitor({
    name: 'Quixana',
    email,
    page: 'https://shop.example/rocinante',
    attributes: { horse: 'rocinante' },
  })
  const { sessionId } = visitor
  const identityToken = await aProof()
  const { token } = await visitor.socket.emitWithAck('identify', { sessionId, identityToken })
  const sent = await visitor.send('I am Quixana, and rocinante is missing')
  await visitor.send('a second rocinante')
  await visitor.socket.emitWithAck('edit_message', { sessionId, messageId: sent.id, content: 'rocinante the horse' })
  const fileId = await uploaded(token)
  const picture = { sessionId, messageType: 'image', file: { fileId }, clientMessageId: 'message-with-file' }
  await visitor.socket.emitWithAck('send_message', picture)
  await poll(async () => (await world.thread(sessionId))?.replies.length).toBeGreaterThan(0)
  await poll(async () => (await world.tickets(sessionId)).length).toBe(1)
  const thread = await world.thread(sessionId)
  const [ticket] = await world.tickets(sessionId)
  if (!thread || !ticket) throw new Error('no thread or no ticket')
  await world.replyInSlack(thread.root.ts, 'dear dulcinea in Slack')
  await world.commentInZendesk(ticket.id, 'dear dulcinea in the ticket')
  await answeredByTeam(sessionId)
  await poll(() => visitor.seen.length).toBe(6)
  await mailed(sessionId, token)
  await visitor.socket.emitWithAck('close_chat', { sessionId })
  await visitor.socket.emitWithAck('rate_chat', { sessionId, score: 2, comment: 'where is rocinante' })
  await poll(async () => (await world.tickets(sessionId))[0]?.status).toBe('solved')
  return { token, sessionId }
}

const remote = async (sessionId: string) => {
  const thread = await world.thread(sessionId)
  const [ticket] = await world.tickets(sessionId)
  return {
    ours: [thread?.root, ...(thread?.replies ?? [])].flatMap((post) => (post?.botId ? [post.text] : [])),
    people: thread?.replies.flatMap((post) => (post.botId ? [] : [post.text])),
    subject: ticket?.subject,
    comments: ticket?.comments.map(({ body }) => body.replaceAll(/[▇\s]/g, '')),
  }
}

it(
  'leaves no word of an erased visitor in the database, in Redis, in the thread and in the ticket',
  patience,
  async () => {
    const { token, sessionId } = await aFullChat('quixana@example.com')
    await poll(() => placesHolding(world.stores, words)).toEqual(
      expect.arrayContaining(['events', 'files', 'mails', 'messages', 'sessions', 'visitors']),
    )

    const { id } = await privacy<{ id: string }>('POST', '/erasures', { email: 'QUIXANA@example.com' })
    await poll(async () => (await report(id)).state).toBe('done')

    const [chat] = (await report(id)).chats
    expect([await placesHolding(world.stores, words), await remote(sessionId), chat]).toEqual([
      [],
      {
        ours: expect.arrayContaining(['_Erased._']),
        people: ['dear dulcinea in Slack'],
        subject: 'Erased chat',
        comments: (await remote(sessionId)).comments?.map(() => ''),
      },
      {
        sessionId,
        inbox: 'default',
        visitorId: expect.stringMatching(/^vis_/),
        state: 'done',
        upTo: expect.any(Number),
        copies: expect.arrayContaining([
          { name: 'log', state: 'done', count: expect.any(Number), left: {}, reason: null },
        ]),
        destinations: expect.arrayContaining([
          expect.objectContaining({ name: 'slack', state: 'done' }),
          expect.objectContaining({ name: 'zendesk', state: 'done' }),
        ]),
      },
    ])
    expect((await remote(sessionId)).ours.filter((text) => text !== '_Erased._')).toEqual([])

    const history = await world.api<{
      messages: Pick<Message, 'content' | 'deleted' | 'senderName' | 'senderPicture'>[]
    }>(`/api/chat/sessions/${sessionId}/messages`, { headers: { authorization: `Bearer ${token}` } })
    expect(history.messages.map(({ content, deleted }) => [content, deleted])).toEqual(
      history.messages.map(() => ['', true]),
    )
    // Who of the team it was that answered stays.
    const sancho = history.messages.find(({ senderName }) => senderName === 'Sancho')
    expect((await fetch(sancho?.senderPicture ?? '')).status).toBe(200)
  },
)

it('waits for an archived channel, says so, and goes on after it and after a kill', patience, async () => {
  const { sessionId } = await aFullChat('alonso@example.com')
  const archive = (archived: string[]) =>
    fetch(`${world.slack.url}/sandbox/state`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ archived }),
    })
  await archive([channel])
  const { id } = await privacy<{ id: string }>('POST', '/erasures', { email: 'alonso@example.com' })
  const slack = async () => (await report(id)).chats[0]?.destinations.find(({ name }) => name === 'slack')
  await poll(slack).toMatchObject({ state: 'pending', reason: expect.stringContaining('is_archived') })
  await world.kill()
  await archive([])
  await world.start()
  await poll(async () => (await report(id)).state).toBe('done')
  expect([
    await placesHolding(world.stores, words),
    (await remote(sessionId)).ours.filter((text) => text !== '_Erased._'),
  ]).toEqual([[], []])
})
