import { afterEach, expect, it } from 'vitest'
import { createResumeTokens } from '../../../src/access/resume-tokens.ts'
import { EventKey, SessionId } from '../../../src/contract/ids.ts'
import type { MailConfig } from '../../../src/platform/settings.ts'
import { aTalk, secret } from '../../support/chat.ts'
import { aMailServer } from '../../support/mail-server.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const quick = {
  afterGone: 100,
  burst: 300,
  burstMost: 60_000,
  linkLifetime: 60_000,
  retryFirst: 50,
  retryMost: 200,
  giveUpAfter: 60_000,
}

/** A chat in which an agent waits, with a visitor who may leave and come back. */
async function aChatToLeave(options: { mail?: Partial<MailConfig>; about?: object; nodes?: number } = {}) {
  const server = await aMailServer()
  const mail = { ...quick, url: server.url, from: 'support@acme.example', ...options.mail }
  const talk = await aTalk({
    nodes: options.nodes ?? 1,
    // The usual heartbeat: with a quick one, whoever is there is gone when a store stands still for a moment.
    times: { sweepMail: 50 },
    config: { mail },
  })
  // Who is there has been known for long.
  await talk.chat.node().publisher.set(`${talk.chat.stores.redisPrefix}:here-epoch`, 0)
  closing.push(() => server.close())
  closing.push(() => talk.chat.close())
  const { chat, answering } = talk
  const started = await chat.session(options.about ?? { name: 'Ana', email: 'ana@example.com' })
  const { sessionId, token } = started
  const visitor = chat.connect(token)
  await visitor.ask('join_chat', { sessionId })
  await answering.ask('agent_join', { sessionId })
  const answer = (text: string, more: object = {}) =>
    answering.ask('send_message', chat.aMessage(sessionId, text, more))
  const events = () => chat.events(sessionId)
  const notes = async () =>
    (await events()).flatMap(({ actor, body }) =>
      actor.kind === 'system' && actor.rule === 'visitor-left' && 'content' in body ? [body.content] : [],
    )
  const emailed = async () => (await events()).flatMap((event) => (event.type === 'emailed' ? [event.body] : []))
  return { ...talk, server, sessionId, token, visitor, answer, notes, emailed, leave: () => visitor.socket.close() }
}

type Chat = Awaited<ReturnType<typeof aChatToLeave>>

const poll = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 })
const mailed = ({ server }: Chat) => server.arrived.map(({ mail }) => mail.text ?? '')
const linkIn = (text: string) => /https:\/\/\S+/.exec(text)?.[0] ?? ''

it('tells who answers, once, and mails the answers of a burst together, without notes and in order', async () => {
  const one = await aChatToLeave({ nodes: 2, mail: { burst: 3_000 } })
  one.leave()
  await one.answer('first')
  await one.answer('SECRET', { isInternal: true })
  await one.answer('second')
  await poll(() => mailed(one).length).toBe(1)
  await poll(one.emailed).toEqual([{ what: 'answers', to: 'ana@example.com', upTo: expect.any(Number) }])
  await one.answer('third')
  await poll(() => mailed(one).length).toBe(2)
  await poll(async () => (await one.emailed()).length).toBe(2)
  const words = mailed(one).map((text) => ['first', 'SECRET', 'second', 'third'].filter((word) => text.includes(word)))
  expect([words, await one.notes()]).toEqual([
    [['first', 'second'], ['third']],
    ['The visitor has left. Answers go to ana@example.com by email.'],
  ])
})

it('mails nothing to a visitor who is there, or who has read it before they left', async () => {
  const one = await aChatToLeave()
  const { id } = await one.answer('seen')
  await one.visitor.ask('message_read', { sessionId: one.sessionId, messageId: id })
  one.leave()
  const other = await aChatToLeave()
  await other.answer('not read yet')
  await one.answer('missed')
  await poll(() => mailed(one).length).toBe(1)
  expect([mailed(one)[0]?.includes('seen'), mailed(other), await other.notes()]).toEqual([false, [], []])
})

it('mails nothing to a visitor who is back before it was sent', async () => {
  const one = await aChatToLeave({ mail: { burst: 5_000 } })
  one.leave()
  const { id } = await one.answer('just missed')
  await poll(one.notes).toHaveLength(1)
  const back = one.chat.connect(one.token)
  await back.ask('join_chat', { sessionId: one.sessionId })
  await back.ask('message_read', { sessionId: one.sessionId, messageId: id })
  back.socket.close()
  await one.answer('missed later')
  await poll(() => mailed(one).length).toBe(1)
  expect(mailed(one)[0]).not.toContain('just missed')
})

it('tells who answers that there is no address, and of every absence anew', async () => {
  const one = await aChatToLeave({ about: { name: 'Ana' } })
  one.leave()
  const { id } = await one.answer('missed')
  await poll(one.notes).toHaveLength(1)
  const back = one.chat.connect(one.token)
  await back.ask('join_chat', { sessionId: one.sessionId })
  await back.ask('message_read', { sessionId: one.sessionId, messageId: id })
  back.socket.close()
  await one.answer('missed again')
  await poll(one.notes).toHaveLength(2)
  expect([new Set(await one.notes()), mailed(one)]).toEqual([
    new Set(['The visitor has left and gave no address. They will see answers when they come back.']),
    [],
  ])
})

it('mails answers, and the transcript, to the address that the visitor gave last', async () => {
  const one = await aChatToLeave({ about: { name: 'Ana', email: 'old@example.com' } })
  const { chat, sessionId, token } = one
  await one.answer('Hello Ana')
  const body = { email: 'new@example.com' }
  await chat.call('PATCH', `/api/chat/sessions/${sessionId}/visitor`, { token, body })
  const asked = await chat.call('POST', `/api/chat/sessions/${sessionId}/transcript/email`, { token, body: {} })
  one.leave()
  await one.answer('missed')
  await poll(() => one.server.arrived.length).toBeGreaterThanOrEqual(2)
  expect([asked.body, new Set(one.server.arrived.flatMap(({ to }) => to)), await one.notes()]).toEqual([
    { to: 'new@example.com' },
    new Set(['new@example.com']),
    ['The visitor has left. Answers go to new@example.com by email.'],
  ])
})

it('mails what waits for an address that was given up to the new one', async () => {
  const one = await aChatToLeave({ mail: { url: 'smtp://127.0.0.1:1' }, about: { email: 'old@example.com' } })
  const { chat, sessionId, token } = one
  const mails = chat.node().connection.collection('mails')
  const waiting = async () => (await mails.find({ state: 'waiting' }).toArray()).map(({ to }) => to)
  one.leave()
  await one.answer('missed')
  await poll(waiting).toEqual(['old@example.com'])
  const body = { email: 'new@example.com' }
  await chat.call('PATCH', `/api/chat/sessions/${sessionId}/visitor`, { token, body })
  await poll(waiting).toEqual(['new@example.com'])
})

const inTicket = (one: Awaited<ReturnType<typeof aChatToLeave>>) =>
  one.chat.node().chat.conversation.post({
    session: SessionId.parse(one.sessionId),
    key: EventKey.parse('zendesk:comment:1'),
    actor: { kind: 'colleague', system: 'zendesk', id: '7', name: 'Grace' },
    text: 'from the ticket',
    origin: 'zendesk',
  })

it('mails what somebody wrote in the ticket of a live chat, which Zendesk does not', async () => {
  const one = await aChatToLeave()
  one.leave()
  await inTicket(one)
  await poll(() => mailed(one).length).toBe(1)
  expect(mailed(one)[0]).toContain('from the ticket')
})

it('takes what is written in the ticket of a chat that is over, and its visitor gone, for a note: Zendesk mails it', async () => {
  const one = await aChatToLeave()
  const path = `/api/chat/sessions/${one.sessionId}`
  await one.chat.call('POST', `${path}/close`, { token: one.token, body: {} })
  one.leave()
  const devices = `${one.chat.stores.redisPrefix}:here:visitor:${one.sessionId}`
  await poll(() => one.chat.node().publisher.zcard(devices)).toBe(0)
  await inTicket(one)
  const last = (await one.chat.events(one.sessionId)).at(-1)
  const { status } = (await one.chat.call('GET', path, { token: one.token })).body
  expect([last, status]).toMatchObject([{ body: { content: 'from the ticket', internal: true } }, 'closed'])
})

it('opens a chat that is over with what is written in its ticket while the visitor is there', async () => {
  const one = await aChatToLeave()
  const path = `/api/chat/sessions/${one.sessionId}`
  await one.chat.call('POST', `${path}/close`, { token: one.token, body: {} })
  await inTicket(one)
  expect((await one.chat.events(one.sessionId)).at(-1)).toMatchObject({ body: { internal: false } })
  expect((await one.chat.call('GET', path, { token: one.token })).body.status).toBe('active')
})

it('leaves the email to the ticket where Zendesk sends it, and sends none', async () => {
  const one = await aChatToLeave({ mail: { leftVisitor: 'zendesk' } })
  one.leave()
  const { seq } = await one.answer('by the ticket')
  const [event] = await poll(one.emailed).toHaveLength(1).then(one.emailed)
  expect([event, mailed(one), await one.notes()]).toEqual([
    { what: 'answers', to: 'ana@example.com', upTo: seq, byTicket: { after: 0 } },
    [],
    ['The visitor has left. Answers go to ana@example.com by email, through the ticket.'],
  ])
})

it('says that nothing is mailed where nothing is to be', async () => {
  const one = await aChatToLeave({ mail: { leftVisitor: 'off' } })
  one.leave()
  await one.answer('later')
  await poll(one.notes).toEqual(['The visitor has left. They will see answers when they come back.'])
  expect([await one.emailed(), mailed(one)]).toEqual([[], []])
})

it('opens the chat from the email’s link, for that visitor, until the address is another', async () => {
  const one = await aChatToLeave()
  one.leave()
  await one.answer('come back')
  await poll(() => mailed(one).length).toBe(1)
  const link = new URL(linkIn(mailed(one)[0] ?? ''))
  const token = link.hash.slice(1)
  const resumed = await one.chat.call('POST', '/api/chat/resume', { body: { token } })
  const page = await one.chat.call('GET', `/api/chat/sessions/${one.sessionId}/messages`, { token: resumed.body.token })
  const asToken = await one.chat.call('GET', `/api/chat/sessions/${one.sessionId}/messages`, { token })
  const spoilt = await one.chat.call('POST', '/api/chat/resume', { body: { token: `${token}x` } })
  expect([link.pathname, link.searchParams.get('chat'), resumed.body.sessionId, page.status]).toEqual([
    '/widget/frame',
    one.sessionId,
    one.sessionId,
    200,
  ])
  expect([asToken.status, spoilt.status]).toEqual([401, 401])
})

it('opens nothing with a link that is over, of another epoch or to another address', async () => {
  const { chat, sessionId, epoch } = await aTalk()
  closing.push(() => chat.close())
  const visitor = (await chat.node().log.state(SessionId.parse(sessionId)))?.visitor.id
  if (!visitor) throw new Error('no visitor')
  const right = { visitor, session: SessionId.parse(sessionId), epoch: epoch as never, address: 'ana@example.com' }
  const sign = (more: object, now = Date.now()) =>
    createResumeTokens({ secret }, 1_000, () => now).sign({ ...right, ...more })
  const links = [await sign({}, Date.now() - 60_000), await sign({ epoch: 'epochother' }), await sign({})]
  const answers = links.map((token) => chat.call('POST', '/api/chat/resume', { body: { token } }))
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([401, 401, 401])
})

const reachOf = ({ chat, sessionId }: Chat) => chat.node().chat.conversation.reach(SessionId.parse(sessionId))

it.each<[string, Parameters<typeof aChatToLeave>[0]]>([
  ['without an address', { about: { name: 'Ana' } }],
  ['where nothing is mailed', { mail: { leftVisitor: 'off' } }],
])('says that answers do not come to a visitor who has left %s', async (_who, options) => {
  const one = await aChatToLeave(options)
  const before = await reachOf(one)
  one.leave()
  await poll(() => reachOf(one)).toBe('left')
  expect(before).toBe('reached')
})

it('says that answers come to a visitor who has left and is mailed them', async () => {
  const one = await aChatToLeave()
  one.leave()
  await one.answer('hello?')
  await poll(() => mailed(one).length).toBe(1)
  expect(await reachOf(one)).toBe('reached')
})

it('does not say that a visitor has left while nobody knows who is there', async () => {
  const one = await aChatToLeave({ about: { name: 'Ana' } })
  await one.chat.node().publisher.del(`${one.chat.stores.redisPrefix}:here-epoch`)
  one.leave()
  await poll(() => reachOf(one)).toBe('unknown')
})
