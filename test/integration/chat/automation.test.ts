import { afterEach, expect, it } from 'vitest'
import { Inbox } from '../../../src/contract/inbox.ts'
import { aChat, adminKey, aTalk, type TestChat } from '../../support/chat.ts'

let open: TestChat | undefined
afterEach(async () => {
  await open?.close()
  open = undefined
})

const inboxOf = (settings: object) =>
  Inbox.parse({ key: 'default', name: 'Everyone', allowedOrigins: ['*'], ...settings })
const withInbox = (settings: object, more: object = {}) => ({
  config: { inboxes: [inboxOf(settings)] },
  times: { heartbeat: 100, ...more },
})
const said = async (chat: TestChat, sessionId: string) =>
  (await chat.events(sessionId)).flatMap((event) =>
    event.type === 'message' && event.actor.kind === 'system' ? [[event.key, event.body.content]] : [],
  )
const write = (chat: TestChat, { sessionId, token }: { sessionId: string; token: string }, content = 'Hello?') => {
  const { sessionId: _, ...body } = chat.aMessage(sessionId, content)
  return chat.call('POST', `/api/chat/sessions/${sessionId}/messages`, { token, body })
}

it('greets each new chat once, as the system, and is neither an answer nor activity', async () => {
  const chat = (open = await aChat({ nodes: 2, ...withInbox({ greeting: 'Welcome' }) }))
  const { sessionId, token } = await chat.session()
  await expect.poll(() => said(chat, sessionId), { timeout: 10_000 }).toEqual([['auto:greeting:1', 'Welcome']])
  const visitor = chat.connect(token, 1)
  await visitor.ask('join_chat', { sessionId })
  const page = visitor.shown.find(({ event }) => event === 'chat_history')?.data
  await write(chat, { sessionId, token })
  const state = await chat.node().log.state(sessionId)
  expect([page?.messages, state]).toMatchObject([
    [{ content: 'Welcome', messageType: 'system', senderType: 'system' }],
    { status: 'queued', answered: null, asked: { seq: 3 }, activity: { seq: 3 }, agents: [] },
  ])
})

it('fills in what a text names of the visitor, as text', async () => {
  const chat = (open = await aChat(withInbox({ greeting: 'Hello {{visitor.name|there}} from {{inbox.name}}' })))
  const named = await chat.session({ name: '{{inbox.key}}' })
  const unnamed = await chat.session({})
  const greetings = async () => [
    (await said(chat, named.sessionId))[0]?.[1],
    (await said(chat, unnamed.sessionId))[0]?.[1],
  ]
  await expect
    .poll(greetings, { timeout: 10_000 })
    .toEqual(['Hello {{inbox.key}} from Everyone', 'Hello there from Everyone'])
})

it('greets by the sweep a chat whose process ended before it could', async () => {
  const chat = (open = await aChat(withInbox({})))
  const { sessionId } = await chat.session()
  await chat.node().log.projected()
  await chat.call('PATCH', '/api/admin/inboxes/default', { token: adminKey, body: { greeting: 'Late' } })
  await expect.poll(() => said(chat, sessionId), { timeout: 10_000 }).toEqual([['auto:greeting:1', 'Late']])
})

it('says once that nobody is there, when somebody writes and again when they come back', async () => {
  const chat = (open = await aChat({ nodes: 2, ...withInbox({ automation: { nobodyThere: 'Nobody is here' } }) }))
  const visitor = await chat.session()
  await write(chat, visitor)
  await write(chat, visitor, 'Anybody?')
  const first = ['auto:nobody-there:0', 'Nobody is here']
  await expect.poll(() => said(chat, visitor.sessionId), { timeout: 10_000 }).toEqual([first])
  await chat.call('POST', `/api/chat/sessions/${visitor.sessionId}/close`, { token: visitor.token })
  const closing = (await chat.events(visitor.sessionId)).at(-1)?.seq
  await write(chat, visitor, 'Once more')
  await expect
    .poll(() => said(chat, visitor.sessionId), { timeout: 10_000 })
    .toEqual([first, [`auto:nobody-there:${closing}`, 'Nobody is here']])
})

it('says nothing of the kind while somebody is online, or while nobody can tell', async () => {
  const settings = { automation: { nobodyThere: 'Nobody is here', whileWaiting: { after: 1_000, text: 'A moment' } } }
  const { chat, sessionId, token } = await aTalk(withInbox(settings))
  open = chat
  const agents = chat.node().connection.collection<{ status: string }>('agents')
  await expect.poll(() => agents.countDocuments({ status: 'online' }), { timeout: 10_000 }).toBe(1)
  await write(chat, { sessionId, token })
  const attended = () => said(chat, sessionId)
  await expect.poll(attended, { timeout: 10_000 }).toEqual([['auto:while-waiting:0', 'A moment']])
  chat.redis.cut()
  const other = await chat.session()
  await write(chat, other)
  await expect
    .poll(() => said(chat, other.sessionId), { timeout: 20_000 })
    .toEqual([['auto:while-waiting:0', 'A moment']])
})

it('thanks once who waits, with two nodes looking, and not who was answered', async () => {
  let ahead = 0
  const settings = { automation: { whileWaiting: { after: 60_000, text: 'Thanks for waiting' } } }
  const now = () => Date.now() + ahead
  const { chat, sessionId, token, answering } = await aTalk({ nodes: 2, now, ...withInbox(settings) })
  open = chat
  const waiting = await chat.session()
  await write(chat, waiting)
  await write(chat, { sessionId, token })
  await answering.ask('send_message', chat.aMessage(sessionId, 'Here I am'))
  ahead += 60_000
  await expect.poll(() => said(chat, waiting.sessionId), { timeout: 10_000 }).toHaveLength(1)
  const later = await chat.session()
  await write(chat, later)
  ahead += 60_000
  await expect.poll(() => said(chat, later.sessionId), { timeout: 10_000 }).toHaveLength(1)
  expect([await said(chat, waiting.sessionId), await said(chat, sessionId)]).toEqual([
    [['auto:while-waiting:0', 'Thanks for waiting']],
    [],
  ])
})

it('reminds before the time-out in the words of the inbox', async () => {
  const settings = { automation: { timeoutWarning: 'Over in {{minutes}} min' } }
  const limits = { sessionTimeout: 122_000, sessionTimeoutWarning: 121_000 }
  const chat = (open = await aChat({ ...withInbox(settings), limits }))
  const { sessionId } = await chat.session()
  await expect
    .poll(async () => (await said(chat, sessionId)).map(([, text]) => text), { timeout: 10_000 })
    .toEqual(['Over in 2 min'])
})
