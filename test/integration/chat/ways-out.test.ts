import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { mailKinds } from '../../../src/chat/mail/mails.ts'
import { planTicket } from '../../../src/connectors/zendesk/plan/plan-ticket.ts'
import { planUpdate } from '../../../src/connectors/zendesk/plan/plan-update.ts'
import type { EventOf } from '../../../src/contract/event.ts'
import { EventKey, SessionId } from '../../../src/contract/ids.ts'
import { Inbox } from '../../../src/contract/inbox.ts'
import { aTalk } from '../../support/chat.ts'
import { aPdf, aPicture, openLink, setPicture, upload } from '../../support/files.ts'
import { aMailServer, type MailServer } from '../../support/mail-server.ts'

let talk: Awaited<ReturnType<typeof aTalk>>
let noteId: string
let secretFile: string
let picture: string
let mailServer: MailServer
beforeAll(async () => {
  mailServer = await aMailServer()
  const times = { afterGone: 1, burst: 1, burstMost: 1, linkLifetime: 60_000, retryFirst: 50, retryMost: 200 }
  const mail = { ...times, giveUpAfter: 60_000, url: mailServer.url, from: 'support@acme.example' }
  talk = await aTalk({ config: { mail }, times: { sweepMail: 50, heartbeat: 200 } })
  const { chat, sessionId, answering } = talk
  picture = (await setPicture(chat, (await chat.agent('Cy')).id, await aPicture('png'))).body.picture
  await answering.ask('send_message', chat.aMessage(sessionId, 'visible'))
  noteId = (await answering.ask('send_message', chat.aMessage(sessionId, 'SECRET one', { isInternal: true }))).id
  await answering.ask('edit_message', { sessionId, messageId: noteId, content: 'SECRET two' })
  const other = await answering.ask('send_message', chat.aMessage(sessionId, 'SECRET three', { isInternal: true }))
  await answering.ask('delete_message', { sessionId, messageId: other.id })
  const { body } = await upload(chat, talk.agent.token, { bytes: aPdf(), name: 'SECRET.pdf', sessionId })
  secretFile = body.fileId
  const note = { messageType: 'file', file: { fileId: secretFile }, isInternal: true }
  await answering.ask('send_message', chat.aMessage(sessionId, 'SECRET four', note))
  await answering.ask('transfer_chat', { sessionId, to: { team: 'hidden' }, note: 'SECRET four' })
  await answering.ask('send_message', chat.aMessage(sessionId, 'the end'))
})
afterAll(async () => {
  await talk.chat.close()
  await mailServer.close()
})

const get = async (path: string) => {
  const response = await fetch(`${talk.chat.node().url}/api/chat/sessions/${talk.sessionId}${path}`, {
    headers: { authorization: `Bearer ${talk.token}` },
  })
  return response.text()
}

const elsewhere = async (path: string) => {
  const headers = { authorization: `Bearer ${talk.token}` }
  return (await fetch(`${talk.chat.node().url}/api/chat${path}`, { headers })).text()
}

async function streamed(): Promise<string> {
  const url = `${talk.chat.node().url}/api/chat/sessions/${talk.sessionId}/stream?after=0&token=${talk.token}`
  const controller = new AbortController()
  const response = await fetch(url, { signal: controller.signal })
  let text = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    if (text.includes('the end')) break
  }
  controller.abort()
  return text
}

/** Everything that a visitor can fetch of a chat and around it. A route that is not here fails the test below. */
const waysOut: Record<string, () => Promise<string>> = {
  '/api/chat/inboxes/:key': async () => (await fetch(`${talk.chat.node().url}/api/chat/inboxes/default`)).text(),
  '/api/chat/agents': async () =>
    (
      await fetch(`${talk.chat.node().url}/api/chat/agents`, { headers: { authorization: `Bearer ${talk.token}` } })
    ).text(),
  '/api/chat/agents/me/stream': () => elsewhere('/agents/me/stream'),
  '/api/chat/canned': () => elsewhere('/canned?q=secret'),
  '/api/chat/lists': () => elsewhere(`/lists?ids=${talk.sessionId}`),
  '/api/chat/lists/:list': () => elsewhere('/lists/all'),
  '/api/chat/pictures/:id': async () => (await openLink(talk.chat, picture)).bytes.toString('latin1'),
  '/api/chat/search': async () =>
    (await fetch(`${talk.chat.node().url}/api/chat/search?q=secret&token=${talk.token}`)).text(),
  '/api/chat/sessions': async () => (await fetch(`${talk.chat.node().url}/api/chat/sessions`)).text(),
  '/api/chat/visitors/me/sessions': () => elsewhere('/visitors/me/sessions'),
  '/api/chat/visitors/:id/sessions': () => elsewhere(`/visitors/${talk.visitorId}/sessions`),
  '/api/chat/sessions/:id': () => get(''),
  '/api/chat/sessions/:id/files/:file': () => get(`/files/${secretFile}`),
  '/api/chat/sessions/:id/messages': async () => (await get('/messages')) + (await get('/messages?after=0')),
  '/api/chat/sessions/:id/messages/:message/versions': () => get(`/messages/${noteId}/versions`),
  '/api/chat/sessions/:id/queue': () => get('/queue'),
  '/api/chat/sessions/:id/search': () => get('/search?q=secret'),
  '/api/chat/sessions/:id/stream': streamed,
  '/api/chat/sessions/:id/transcript': async () =>
    (
      await Promise.all(['', '?format=html', '?format=json', '?internal=true'].map((q) => get(`/transcript${q}`)))
    ).join(),
}

it('knows every way out of a chat', () => {
  const routes = talk.chat.node().routes.filter(({ method, path }) => method === 'GET' && path.startsWith('/api/chat/'))
  expect([...new Set(routes.map(({ path }) => path))].sort()).toEqual(Object.keys(waysOut).sort())
})

it.each(Object.keys(waysOut))('lets no internal note out to a visitor: %s', async (path) => {
  const before = await waysOut[path]?.()
  await talk.chat.node().log.projected()
  expect(`${before}${await waysOut[path]?.()}`).not.toContain('SECRET')
})

it('lets no internal note out to a visitor: the socket, from the beginning and live', async () => {
  const { chat, sessionId, token, visitor } = talk
  const fromStart = chat.connect(token)
  await fromStart.ask('join_chat', { sessionId, afterSeq: 0 })
  await expect
    .poll(() => [fromStart, visitor].map((one) => one.texts().at(-1)), { timeout: 10_000 })
    .toEqual(['the end', 'the end'])
  expect(JSON.stringify([fromStart.shown, visitor.shown])).not.toContain('SECRET')
})

/** A chat like the first one whose visitor has left an address and gone, with notes among what they missed. */
async function aChatLeft() {
  const { chat, answering } = talk
  const { sessionId, token } = await chat.session({ email: 'ana@example.com' })
  await answering.ask('agent_join', { sessionId })
  for (const isInternal of [false, true, false])
    await answering.ask('send_message', chat.aMessage(sessionId, isInternal ? 'SECRET' : 'missed', { isInternal }))
  return { sessionId, token }
}

const mailWith = async (subject: string) => {
  const found = () => mailServer.arrived.find(({ mail }) => mail.subject?.startsWith(subject))
  await expect.poll(found, { timeout: 15_000 }).toBeDefined()
  return JSON.stringify(found())
}

/** Every kind of mail there is, by what brings it about. */
const mails: Record<(typeof mailKinds)[number], () => Promise<string>> = {
  async answers() {
    await aChatLeft()
    return mailWith('New answer')
  },
  async transcript() {
    const { sessionId, token } = await aChatLeft()
    await talk.chat.call('POST', `/api/chat/sessions/${sessionId}/transcript/email`, { token, body: {} })
    return mailWith('Your chat')
  },
}

it.each(mailKinds)('lets no internal note out to a visitor: the mail of the kind %s', async (kind) => {
  const mail = await mails[kind]()
  expect([mail.includes('missed'), mail.includes('SECRET')]).toEqual([true, false])
})

it('lets no internal note out to a visitor: the page that is attached to a ticket', async () => {
  const { sessionId } = await aChatLeft()
  const { chat, log } = talk.chat.node()
  const session = SessionId.parse(sessionId)
  const head = (await log.read(session, 0)).at(-1)?.seq ?? 0
  const page = Buffer.from(await chat.transcripts.page(session, head)).toString()
  const before = Buffer.from(await chat.transcripts.page(session, 1)).toString()
  const has = (text: string) => [text.includes('missed'), text.includes('SECRET')]
  expect([has(page), has(before)]).toEqual([
    [true, false],
    [false, false],
  ])
})

it('lets no internal note out to a visitor: the ticket’s public comments', async () => {
  const { sessionId } = await aChatLeft()
  const session = SessionId.parse(sessionId)
  const { log } = talk.chat.node()
  const events = await log.read(session, 0)
  const last = events.at(-1)
  if (!last) throw new Error('an empty log')
  const next = { ...last, seq: last.seq + 1, key: EventKey.parse('test:end'), origin: 'deskbridge' }
  const mailing: EventOf<'emailed'> = {
    ...next,
    type: 'emailed',
    actor: { kind: 'system', rule: 'visitor-left' },
    body: { what: 'answers', to: 'ana@example.com', upTo: last.seq, byTicket: { after: 0 } },
  }
  const closing: EventOf<'session_closed'> = {
    ...next,
    type: 'session_closed',
    body: { resolution: 'r', reason: 'agent' },
  }
  const atClosing = Inbox.parse({ key: 'a', name: 'A', allowedOrigins: ['*'], zendesk: { when: ['closed'] } })
  const link = { session, remote: { thread: '7' }, cursor: last.seq, partsDone: 0 }
  const options = {
    budgets: { create: [], update: [] },
    readLog: (after: number, limit: number) => log.read(session, after, limit),
    linkTo: () => '',
    mailsInPublic: true,
    inboxes: { find: async () => atClosing },
  }
  const comments = [
    await planUpdate([mailing], link, options),
    await planUpdate([closing], link, options),
    await planTicket([closing], { remote: {} }, options),
  ]
  const texts = comments.map((call) => JSON.stringify(call?.body))
  expect(texts.map((text) => ['"public":true', 'missed', 'SECRET'].map((part) => text?.includes(part)))).toEqual([
    [true, true, false],
    [true, true, false],
    [true, true, false],
  ])
})

/** What asks what a visitor may see, or shows them something, and by which of the ways above it leaves. */
const renderers: Record<string, string> = {
  'src/chat/lists/listed-chat.ts': 'the lists that agents work from',
  'src/chat/messages/page-history.ts': 'socket, history',
  'src/chat/messages/routes.ts': 'search',
  'src/chat/realtime/actions.ts': 'socket',
  'src/chat/realtime/project-for.ts': 'the projection itself',
  'src/chat/realtime/stream.ts': 'stream',
  'src/chat/search/search-chats.ts': 'search over chats, for agents',
  'src/chat/sessions/find-sessions.ts': 'lists of chats, for agents',
  'src/chat/sessions/routes.ts': 'a chat’s state',
  'src/chat/transcript/line-of.ts': 'transcript, mail, the page that is attached to a ticket',
  'src/chat/visitor-left/compose-answers.ts': 'mail',
  'src/chat/visitor-left/missed-answers.ts': 'mail, and what the ticket is told to mail',
  'src/connectors/zendesk/plan/plan-ticket.ts': 'public comments',
  'src/connectors/zendesk/plan/plan-update.ts': 'public comments',
}

it('knows every module that shows something to a visitor', async () => {
  const root = join(import.meta.dirname, '..', '..', '..')
  const found: string[] = []
  for await (const file of glob('src/**/*.ts', { cwd: root })) {
    if (file.endsWith('.test.ts')) continue
    const source = readFileSync(join(root, file), 'utf8')
    if (/from '[^']*(may-see|project-for)\.ts'/.test(source)) found.push(file)
  }
  expect(found.sort()).toEqual(Object.keys(renderers).sort())
})
