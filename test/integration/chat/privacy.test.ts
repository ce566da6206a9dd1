import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { erasuresOf, newErasure } from '../../../src/chat/privacy/erasures.ts'
import { SessionId, VisitorId } from '../../../src/contract/ids.ts'
import type { ErasureReport, ExportedChat } from '../../../src/contract/privacy.ts'
import { eraseCommand, exportCommand } from '../../../src/privacy-commands.ts'
import { aChat, adminKey, secret, type TestChat } from '../../support/chat.ts'
import { placesHolding } from '../../support/walk.ts'

const day = 86_400_000
let passed = 0
let chat: TestChat
beforeAll(async () => {
  chat = await aChat({
    nodes: 2,
    now: () => Date.now() + passed,
    times: { sweepPrivacy: 500, sweepRetention: 50, sweepMail: 3_600_000 },
  })
})
afterAll(() => chat.close())

async function byCommandLine(...args: string[]) {
  const cli = join(import.meta.dirname, '..', '..', '..', 'src', 'cli.ts')
  const env = { ...process.env, MONGODB_URL: chat.stores.mongodbUrl, DESKBRIDGE_SECRET: secret }
  const child = spawn(process.execPath, [cli, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  return JSON.parse(await text(child.stdout))
}

const ask = (method: string, path: string, body?: object, token = adminKey) =>
  chat.call(method, `/api/admin/privacy${path}`, { token, body })
const report = async (id: string): Promise<ErasureReport> => (await ask('GET', `/erasures/${id}`)).body
const untilDone = (id: string) => expect.poll(async () => (await report(id)).state, { timeout: 15_000 }).toBe('done')
/** Words of which each chat has its own, so that a walk over the whole database tells them apart. */
const inStores = (...words: string[]) => placesHolding(chat.stores, words)

/** A chat of somebody with a word of their own in all that they say and are. */
async function aChatOf(word: string, more: object = {}) {
  const about = { name: `Name ${word}`, email: `${word}@example.com`, page: `https://shop.example/${word}`, ...more }
  const session = await chat.session(about)
  const { sessionId, token } = session
  const agent = await chat.agent()
  const visitor = chat.connect(token)
  const answering = chat.connect(agent.token, 1)
  await visitor.ask('join_chat', { sessionId })
  await answering.ask('agent_join', { sessionId })
  const sent = await visitor.ask('send_message', chat.aMessage(sessionId, `${word} one`))
  await visitor.ask('edit_message', { sessionId, messageId: sent.id, content: `${word} two` })
  await answering.ask('send_message', chat.aMessage(sessionId, `about ${word}`))
  await answering.ask('send_message', chat.aMessage(sessionId, `note on ${word}`, { isInternal: true }))
  await visitor.ask('close_chat', { sessionId })
  await visitor.ask('rate_chat', { sessionId, score: 4, comment: `${word} is pleased` })
  for (const index of [0, 1]) await chat.node(index).log.projected()
  return { ...session, agent, visitor, answering, messageId: sent.id as string }
}

it('erases one visitor wherever they are kept, keeps the places in the log, and leaves others alone', async () => {
  const { sessionId, token, visitorId, visitor, answering } = await aChatOf('quixana')
  await aChatOf('sancho')
  expect(await inStores('quixana')).toEqual(['events', 'messages', 'sessions'])

  const { status, body } = await ask('POST', '/erasures', { visitorId })
  await untilDone(body.id)

  expect([status, body.chats, await inStores('quixana'), await inStores('sancho')]).toEqual([
    ...[202, 1],
    [],
    ['events', 'messages', 'sessions'],
  ])
  const events = await chat.events(sessionId)
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  const log = { name: 'log', state: 'done', count: events.length - 1, left: {}, reason: null }
  expect(await report(body.id)).toEqual({
    ...{ id: body.id, state: 'done', reason: 'request', requestedBy: 'admin:key', total: 1, pending: 0, cursor: null },
    requestedAt: expect.any(String),
    chats: [
      {
        ...{ sessionId, visitorId, inbox: 'default', state: 'done', upTo: events.length - 1 },
        copies: [
          log,
          ...['files', 'mails', 'answers', 'audit', 'identity'].map((name) => ({ ...log, name, count: 0 })),
        ],
        destinations: [],
      },
    ],
  })
  const told = { erasedUpTo: events.length - 1 }
  await expect.poll(() => visitor.frames().at(-1), { timeout: 10_000 }).toMatchObject(told)
  await expect.poll(() => answering.frames().at(-1), { timeout: 10_000 }).toMatchObject(told)
  const history = await chat.call('GET', `/api/chat/sessions/${sessionId}/messages`, { token })
  expect(history.body.messages.map((message: Record<string, unknown>) => [message.content, message.deleted])).toEqual([
    ['', true],
    ['', true],
  ])
})

/** Proofs of customers of the default inbox, by a key of its own. */
async function aSite() {
  const made = await chat.call('POST', '/api/admin/inboxes/default/identity-keys', {
    token: adminKey,
    body: { algorithm: 'HS256' },
  })
  return async (sub: string) => ({
    identityToken: await new SignJWT({ sub, aud: 'default' })
      .setProtectedHeader({ alg: 'HS256', kid: made.body.kid })
      .setIssuedAt()
      .setExpirationTime('10 minutes')
      .sign(new TextEncoder().encode(made.body.secret)),
  })
}

/** Erases one chat, as age does. */
async function eraseOne(request: string, { sessionId, visitorId }: { sessionId: string; visitorId: string }) {
  const { connection, log } = chat.node()
  await log.projected()
  const one = { session: SessionId.parse(sessionId), visitor: VisitorId.parse(visitorId), inbox: 'default' }
  const asked = { request, reason: 'request', by: 'command', at: new Date() } as const
  await erasuresOf(connection).insertOne(newErasure(one, asked))
  await untilDone(request)
}

const forgotten = async (id: string) =>
  (await report(id)).chats.map(({ copies }) => copies.find(({ name }) => name === 'identity')?.count).sort()

it('forgets which customer a visitor was with the last of their chats, and lets nobody be that visitor', async () => {
  const proof = await aSite()
  const first = await chat.session(await proof('customer-frestona'))
  const second = await chat.session(await proof('customer-frestona'))
  await eraseOne('era_first', first)
  const early = await inStores('frestona')

  const { body } = await ask('POST', '/erasures', { visitorId: first.visitorId })
  await untilDone(body.id)

  expect([early, await inStores('frestona'), await forgotten('era_first'), await forgotten(body.id)]).toEqual([
    ['events', 'sessions', 'visitors'],
    [],
    [0],
    [0, 1],
  ])
  const again = await chat.session(await proof('customer-frestona'))
  const { sessionId, token } = second
  const taken = { token, body: await proof('customer-other') }
  const refused = await chat.call('POST', `/api/chat/sessions/${sessionId}/identify`, taken)
  expect([again.visitorId === first.visitorId, refused.body.error.code]).toEqual([false, 'forbidden'])
})

it('knows a customer for as long as one of their chats is proven, be it anew after its erasure', async () => {
  const proof = await aSite()
  const first = await chat.session(await proof('customer-montesinos'))
  const second = await chat.session(await proof('customer-montesinos'))
  await eraseOne('era_before', first)
  const { sessionId, token } = first
  const anew = { token, body: await proof('customer-montesinos') }
  await chat.call('POST', `/api/chat/sessions/${sessionId}/identify`, anew)
  await eraseOne('era_after', second)
  expect([await inStores('montesinos'), await forgotten('era_after')]).toEqual([
    ['events', 'sessions', 'visitors'],
    [0],
  ])
})

it('finds everybody who gave an email, whatever its case, says who is proven, and erases nothing in a dry run', async () => {
  const first = await aChatOf('dulcinea')
  const second = await aChatOf('aldonza', { email: 'Dulcinea@Example.com' })
  await aChatOf('dulcineas', { email: 'xdulcinea@example.com' })
  const before = await chat.written()
  const { status, body } = await ask('POST', '/erasures', { email: 'DULCINEA@example.com', dryRun: true })
  expect([status, body, await chat.written()]).toEqual([
    200,
    {
      total: 2,
      chats: [second, first].map(({ sessionId, visitorId }, index) => ({
        sessionId,
        ...{ inbox: 'default', status: 'closed', createdAt: expect.any(String) },
        visitor: {
          id: visitorId,
          name: index === 0 ? 'Name aldonza' : 'Name dulcinea',
          email: index === 0 ? 'Dulcinea@Example.com' : 'dulcinea@example.com',
          verified: false,
        },
      })),
    },
    before,
  ])
})

it('is for administrators, each for their own inboxes, and for exactly one visitor', async () => {
  const { visitorId, token } = await aChatOf('maritornes')
  const account = async (about: object) => {
    const made = await chat.call('POST', '/api/admin/agents', { token: adminKey, body: about })
    return (await chat.call('POST', `/api/admin/agents/${made.body.id}/token`, { token: adminKey })).body.token
  }
  const supervisor = await account({ name: 'Su', email: 'su@example.com', role: 'supervisor' })
  const elsewhere = await account({ name: 'El', email: 'el@example.com', role: 'admin', inboxes: ['shop'] })
  const here = await account({ name: 'He', email: 'he@example.com', role: 'admin', inboxes: ['default'] })
  const { body: started } = await ask('POST', '/erasures', { visitorId }, here)
  const answers = await Promise.all([
    ...[token, supervisor].flatMap((key) => [
      ask('POST', '/erasures', { visitorId }, key),
      ask('POST', '/exports', { visitorId }, key),
      ask('GET', `/erasures/${started.id}`, undefined, key),
    ]),
    ask('POST', '/erasures', { visitorId }, elsewhere),
    ask('POST', '/exports', { visitorId }, elsewhere),
    ask('GET', `/erasures/${started.id}`, undefined, elsewhere),
    ask('POST', '/erasures', {}),
    ask('POST', '/exports', { visitorId, email: 'a@example.com' }),
  ])
  expect(answers.map(({ body }) => body.error.code)).toEqual([
    ...Array(6).fill('forbidden'),
    ...Array(3).fill('not_found'),
    ...Array(2).fill('invalid_input'),
  ])
  expect((await ask('GET', `/erasures/${started.id}`, undefined, here)).body.requestedBy).toMatch(/^agent:agt_/)
})

it('exports all that is kept of a visitor: what was said before edits, notes marked as such, ratings', async () => {
  const { sessionId, visitorId, messageId } = await aChatOf('cervantes')
  const answer = await ask('POST', '/exports', { email: 'cervantes@example.com' })
  const [exported, ...others] = answer.body.chats as ExportedChat[]
  const message = { at: expect.any(String), earlier: [], deletedAt: null, file: null, internal: false }
  const id = expect.stringMatching(/^evt_/)
  expect([others, exported]).toEqual([
    [],
    {
      ...{ sessionId, inbox: 'default', channel: 'web', startedAt: expect.any(String) },
      visitor: [
        expect.objectContaining({ id: visitorId, name: 'Name cervantes', page: 'https://shop.example/cervantes' }),
      ],
      messages: [
        {
          ...message,
          ...{ id: messageId, by: 'Name cervantes', byVisitor: true },
          ...{ text: 'cervantes two', earlier: ['cervantes one'] },
        },
        { ...message, id, by: 'Bo', byVisitor: false, text: 'about cervantes' },
        { ...message, id, by: 'Bo', byVisitor: false, text: 'note on cervantes', internal: true },
      ],
      transfers: [],
      closings: [{ at: expect.any(String), reason: 'visitor' }],
      ratings: [{ at: expect.any(String), score: 4, comment: 'cervantes is pleased' }],
      mails: [],
      erasures: [],
    },
  ])
})

it('does the same by command', async () => {
  const { sessionId, visitorId } = await aChatOf('tizona')
  const { connection } = chat.node()
  const run = async (command: typeof eraseCommand, ...args: string[]) => {
    let out = ''
    await command(connection, args, { write: (piece) => void (out += piece) })
    return JSON.parse(out)
  }
  const exported = await run(exportCommand, '--email', 'TIZONA@example.com')
  const listed = await byCommandLine('erase', '--visitor', visitorId, '--dry-run')
  const started = await run(eraseCommand, '--visitor', visitorId)
  await untilDone(started.id)
  expect([exported.chats[0].sessionId, listed.total, started.chats, await inStores('tizona')]).toEqual([
    ...[sessionId, 1, 1],
    [],
  ])
  expect(await run(eraseCommand, '--report', started.id)).toMatchObject({ state: 'done', requestedBy: 'command' })
  await expect(run(eraseCommand)).rejects.toMatchObject({ code: 'invalid_input' })
  await expect(run(eraseCommand, '--nobody')).rejects.toMatchObject({ code: 'invalid_input' })
  await expect(run(exportCommand, '--email', 'nobody@example.com')).rejects.toMatchObject({ code: 'not_found' })
})

it('erases chats that were closed longer ago than their inbox keeps them, and no other', async () => {
  const old = await aChatOf('rocinante', { inboxKey: 'default' })
  const open = await chat.session({ name: 'babieca' })
  await chat.call('PATCH', '/api/admin/inboxes/default', { token: adminKey, body: { retentionDays: 30 } })
  passed = 29 * day
  const fresh = await aChatOf('clavileno')
  passed = 31 * day
  await expect.poll(() => inStores('rocinante'), { timeout: 20_000 }).toEqual([])
  const events = await chat.events(old.sessionId)
  expect([events.at(-1)?.body, events.at(-1)?.actor]).toEqual([
    { upTo: events.length - 1, reason: 'retention' },
    { kind: 'system', rule: 'retention' },
  ])
  expect([await inStores('clavileno'), (await chat.events(fresh.sessionId)).at(-1)?.type]).toEqual([
    ['events', 'messages', 'sessions'],
    'rated',
  ])
  expect((await chat.events(open.sessionId)).map(({ type }) => type)).not.toContain('erased')
  passed = 0
})
