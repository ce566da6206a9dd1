import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { BlockVisitor, CreateBlock } from '../../../src/contract/abuse.ts'
import { NewAgent } from '../../../src/contract/agent.ts'
import { TransferChat } from '../../../src/contract/assignment.ts'
import { MessageByKey, StartByKey } from '../../../src/contract/by-key.ts'
import { CreateCanned, RenderCanned } from '../../../src/contract/canned.ts'
import { SendMessage, StartSession } from '../../../src/contract/chat.ts'
import { CreateIdentityKey, Identify, UpdateVisitor } from '../../../src/contract/identity.ts'
import { ChangeInbox, Inbox } from '../../../src/contract/inbox.ts'
import { MailTranscript, ResumeChat } from '../../../src/contract/mail.ts'
import { EraseVisitor, ExportVisitor } from '../../../src/contract/privacy.ts'
import { ChangePasswordBody, ProviderBody, SignInBody, TakeInvitationBody } from '../../../src/contract/sign-in.ts'
import { clientEvents } from '../../../src/contract/socket.ts'
import { aChat, adminKey, type ChatClient, type TestChat } from '../../support/chat.ts'

let chat: TestChat
let sessionId: string
let token: string
let agentToken: string
let apiKey: string
let visitor: ChatClient

beforeAll(async () => {
  chat = await aChat()
  const session = await chat.session()
  sessionId = session.sessionId
  token = session.token
  agentToken = (await chat.agent()).token
  const wanted = { name: 'Shop', scopes: ['chats:write', 'messages:write', 'visitors:write'], rateLimit: 6_000 }
  apiKey = (await chat.call('POST', '/api/admin/keys', { token: adminKey, body: wanted })).body.key
  visitor = chat.connect(token)
  await visitor.ask('join_chat', { sessionId })
})
afterAll(() => chat.close())

const wrong = [{ $ne: null }, { $regex: '.*' }, ['a'], [], {}, [{ $gt: '' }]]
/** An attribute may have any name, so that an empty map of them is right; a list of words is one. */
const lists = ['skills', 'teams', 'inboxes', 'tags']
const emptyIsRight = new Map([
  ...['attributes', 'look', 'outsideHours', 'assignment', 'automation', 'challenge', 'slack', 'zendesk'].map(
    (field) => [field, '{}'],
  ),
  ['preChat', '[]'],
] as [string, string][])
const isRight = (field: string, value: unknown) =>
  emptyIsRight.get(field) === JSON.stringify(value) ||
  (lists.includes(field) && Array.isArray(value) && value.every((one) => typeof one === 'string'))

/** A right body, with each field of its schema in turn replaced by each wrong value. */
function spoilt(schema: z.ZodObject, right: object) {
  const fields = Object.keys(schema.shape).flatMap((field) =>
    wrong.filter((value) => !isRight(field, value)).map((value) => ({ ...right, [field]: value })),
  )
  return [...fields, { ...right, $where: '1' }, ...wrong.filter((value) => Array.isArray(value)), 'text', 7, null]
}

const rightMessage = { messageType: 'text', content: 'hello', clientMessageId: 'message-of-the-table' }

const requests = [
  {
    name: 'an erasure',
    path: () => '/api/admin/privacy/erasures',
    schema: EraseVisitor,
    right: { email: 'bo@example.com' },
    key: () => adminKey,
  },
  {
    name: 'an export',
    path: () => '/api/admin/privacy/exports',
    schema: ExportVisitor,
    right: { email: 'bo@example.com' },
    key: () => adminKey,
  },
  { name: 'a new chat', path: () => '/api/chat/sessions', schema: StartSession, right: {}, key: () => undefined },
  {
    name: 'a new chat by an API key',
    path: () => '/api/chat/sessions',
    schema: StartByKey,
    right: {},
    key: () => apiKey,
  },
  {
    name: 'a message by an API key',
    path: () => `/api/chat/sessions/${sessionId}/messages`,
    schema: MessageByKey,
    right: { content: 'hello', clientMessageId: 'message-of-the-table', as: 'bot' },
    key: () => apiKey,
  },
  {
    name: 'a proof of identity',
    path: () => `/api/chat/sessions/${sessionId}/identify`,
    schema: Identify.omit({ sessionId: true }),
    right: { identityToken: 'x' },
    key: () => token,
  },
  {
    name: 'what a visitor says of themself',
    method: 'PATCH',
    path: () => `/api/chat/sessions/${sessionId}/visitor`,
    schema: UpdateVisitor.omit({ sessionId: true }),
    right: {},
    key: () => token,
  },
  {
    name: 'what an API key says of a visitor',
    method: 'PATCH',
    path: () => `/api/chat/sessions/${sessionId}/visitor`,
    schema: UpdateVisitor.omit({ sessionId: true }),
    right: {},
    key: () => apiKey,
  },
  ...CreateIdentityKey.options.map((schema) => ({
    name: `an identity key, ${'publicKey' in schema.shape ? 'given' : 'made here'}`,
    method: 'POST',
    path: () => '/api/admin/inboxes/default/identity-keys',
    schema,
    right: { algorithm: 'RS256', publicKey: 'none' },
    key: () => adminKey,
  })),
  {
    name: 'a message',
    path: () => `/api/chat/sessions/${sessionId}/messages`,
    schema: SendMessage.omit({ sessionId: true }),
    right: rightMessage,
    key: () => token,
  },
  {
    name: 'a message with a file',
    path: () => `/api/chat/sessions/${sessionId}/messages`,
    schema: SendMessage.omit({ sessionId: true }),
    right: { messageType: 'file', file: { fileId: `fil_${'0'.repeat(24)}` }, clientMessageId: 'message-of-the-table' },
    key: () => token,
  },
  {
    name: 'a canned response',
    path: () => '/api/admin/canned',
    schema: CreateCanned,
    right: { name: 'Refund', text: 'It is on its way' },
    key: () => adminKey,
  },
  {
    name: 'the rendering of a canned response',
    path: () => `/api/chat/canned/can_${'0'.repeat(24)}/render`,
    schema: RenderCanned,
    right: { sessionId: `ses_${'0'.repeat(24)}` },
    key: () => agentToken,
  },
  {
    name: 'a transcript by email',
    path: () => `/api/chat/sessions/${sessionId}/transcript/email`,
    schema: MailTranscript,
    right: {},
    key: () => token,
  },
  {
    name: 'a link back',
    path: () => '/api/chat/resume',
    schema: ResumeChat,
    right: { token: 'x' },
    key: () => undefined,
  },
  {
    name: 'a closing',
    path: () => `/api/chat/sessions/${sessionId}/close`,
    schema: z.strictObject({}),
    right: {},
    key: () => token,
  },
  ...['take', 'release', 'reopen'].map((name) => ({
    name: `what an agent does with a chat: ${name}`,
    path: () => `/api/chat/sessions/${sessionId}/${name}`,
    schema: z.strictObject({}),
    right: {},
    key: () => agentToken,
  })),
  {
    name: 'a transfer',
    path: () => `/api/chat/sessions/${sessionId}/transfer`,
    schema: TransferChat,
    right: { to: { team: 'returns' }, note: 'please' },
    key: () => agentToken,
  },
  {
    name: 'an agent',
    path: () => '/api/admin/agents',
    schema: NewAgent,
    right: { name: 'Bo', email: 'bo@example.com' },
    key: () => adminKey,
  },
  {
    name: 'an inbox',
    path: () => '/api/admin/inboxes',
    schema: Inbox,
    right: { key: 'desk', name: 'Desk', allowedOrigins: ['*'] },
    key: () => adminKey,
  },
  {
    name: 'a change of an inbox',
    method: 'PATCH',
    path: () => '/api/admin/inboxes/default',
    schema: ChangeInbox,
    right: {},
    key: () => adminKey,
  },
  {
    name: 'a sign-in',
    path: () => '/api/auth/sign-in',
    schema: SignInBody,
    right: { email: 'bo@example.com', password: 'a long password' },
    key: () => undefined,
  },
  {
    name: 'a sign-in through the provider',
    path: () => '/api/auth/sign-in/provider',
    schema: ProviderBody,
    right: {},
    key: () => undefined,
  },
  {
    name: 'an invitation',
    path: () => '/api/auth/invitation',
    schema: TakeInvitationBody,
    right: { token: 'a token', password: 'a long password' },
    key: () => undefined,
  },
  {
    name: 'a password',
    method: 'PUT',
    path: () => '/api/auth/password',
    schema: ChangePasswordBody,
    right: { current: 'a long password', password: 'another long password' },
    key: () => undefined,
  },
  {
    name: 'a block',
    path: () => '/api/admin/blocks',
    schema: CreateBlock,
    right: { target: { kind: 'email', email: 'a@example.com' }, reason: 'spam' },
    key: () => adminKey,
  },
  {
    name: 'a blocking in a chat',
    path: () => `/api/chat/sessions/${sessionId}/block`,
    schema: BlockVisitor,
    right: { reason: 'spam' },
    key: () => token,
  },
]

const counts = async () => {
  const { connection } = chat.node()
  const names = [
    'events',
    'erasures',
    'visitors',
    'agents',
    'inboxes',
    'blocks',
    'signInWays',
    'signInSessions',
    'canned_responses',
  ]
  return Promise.all(names.map((name) => connection.collection(name).countDocuments()))
}

describe('input of a wrong form', () => {
  it.each(requests)('is refused in every field of a body: $name', async (request) => {
    const { method = 'POST', path, schema, right, key } = request
    const before = await counts()
    const bodies = spoilt(schema, right)
    const answers = []
    for (const body of bodies) {
      const { status, body: answer } = await chat.call(method, path(), { body: JSON.stringify(body), token: key() })
      answers.push([status, answer.error?.code])
    }
    expect([answers, await counts()]).toEqual([bodies.map(() => [400, 'invalid_input']), before])
  })

  it.each(Object.entries(clientEvents))('is refused in every field of the socket event %s', async (event, schema) => {
    const before = await counts()
    const right: Record<string, unknown> = {
      sessionId,
      isTyping: true,
      to: { team: 'returns' },
      note: 'please',
      ...rightMessage,
    }
    const fields = Object.keys(schema.shape).filter((field) => field in right)
    const payloads = spoilt(schema, Object.fromEntries(fields.map((field) => [field, right[field]])))
    const acks = []
    for (const payload of [...payloads, Buffer.from('binary')]) acks.push(await visitor.ask(event, payload))
    expect([acks.map(({ ok, error }) => [ok, error?.code]), await counts()]).toEqual([
      acks.map(() => [false, 'invalid_input']),
      before,
    ])
  })

  it('is refused in a query and in a path', async () => {
    const history = `/api/chat/sessions/${sessionId}/messages`
    const paths = [`${history}?limit=0`, `${history}?limit[$ne]=1`, `${history}?before=abc`, `${history}?after=-1`]
    const unknown = ['/api/chat/sessions/%7B%22$ne%22:null%7D', '/api/chat/sessions/[object%20Object]/messages']
    const answers = await Promise.all([...paths, ...unknown].map((path) => chat.call('GET', path, { token })))
    expect(answers.map(({ status, body }) => [status, body.error.code])).toEqual([
      ...paths.map(() => [400, 'invalid_input']),
      ...unknown.map(() => [404, 'not_found']),
    ])
  })

  it('is told apart by code when it is no JSON, too long or too large', async () => {
    const path = `/api/chat/sessions/${sessionId}/messages`
    const before = await counts()
    const message = (content: string) => ({ ...rightMessage, content })
    const bodies = ['{"content":', message('x'.repeat(10_001)), message('🙂'.repeat(10_001)), 'x'.repeat(1_100_000)]
    const answers = await Promise.all(bodies.map((body) => chat.call('POST', path, { body, token })))
    const ack = await visitor.ask('send_message', chat.aMessage(sessionId, 'x'.repeat(10_001)))
    expect([answers.map(({ status, body }) => [status, body.error.code]), ack.error.code, await counts()]).toEqual([
      [
        [400, 'invalid_json'],
        [413, 'message_too_long'],
        [413, 'message_too_long'],
        [413, 'body_too_large'],
      ],
      'message_too_long',
      before,
    ])
  })

  it('is too large as well when its length is not told beforehand', async () => {
    const chunk = new TextEncoder().encode('x'.repeat(100_000))
    let chunks = 0
    const body = new ReadableStream({
      pull: (controller) => ((chunks += 1) > 12 ? controller.close() : controller.enqueue(chunk)),
    })
    const url = `${chat.node().url}/api/chat/sessions`
    const response = await fetch(url, { method: 'POST', body, duplex: 'half' } as RequestInit)
    expect([response.status, await response.json()]).toMatchObject([413, { error: { code: 'body_too_large' } }])
  })
})

it('takes 10,000 characters of four bytes, by socket and by HTTP, and keeps them as sent', async () => {
  const { sessionId: own, token: key } = await chat.session()
  const text = '🙂'.repeat(10_000)
  const client = chat.connect(key)
  await client.ask('join_chat', { sessionId: own })
  const ack = await client.ask('send_message', chat.aMessage(own, text))
  const { sessionId: _, ...body } = chat.aMessage(own, text)
  const answer = await chat.call('POST', `/api/chat/sessions/${own}/messages`, { token: key, body })
  const stored = (await chat.events(own)).filter((event) => event.type === 'message')
  expect([ack.ok, answer.status, stored.map((event) => event.body.content === text)]).toEqual([true, 201, [true, true]])
})

it('answers an event that it does not know, and acts on one that asks for no answer', async () => {
  const { sessionId: own, token: key } = await chat.session()
  const client = chat.connect(key)
  await client.ask('join_chat', { sessionId: own })
  const unknown = await Promise.all(['drop_table', '__proto__', 'constructor'].map((event) => client.ask(event, {})))
  client.socket.emit('send_message', chat.aMessage(own, 'without'))
  client.socket.emit('send_message', chat.aMessage(own, 'with rubbish'), 'no function')
  await expect.poll(() => client.texts(), { timeout: 10_000 }).toEqual(['without', 'with rubbish'])
  expect(unknown.map(({ error }) => error.code)).toEqual(['unknown_event', 'unknown_event', 'unknown_event'])
})
