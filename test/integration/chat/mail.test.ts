import { pino } from 'pino'
import { afterEach, expect, it } from 'vitest'
import { MailFailure } from '../../../src/chat/mail/mailer.ts'
import { createMails, forgetMails } from '../../../src/chat/mail/mails.ts'
import { sendMails } from '../../../src/chat/mail/send-mails.ts'
import { createSmtpMailer } from '../../../src/chat/mail/smtp.ts'
import { EventKey, type Seq, SessionId } from '../../../src/contract/ids.ts'
import type { MailConfig } from '../../../src/platform/settings.ts'
import { aTalk } from '../../support/chat.ts'
import { aMailServer, type MailServer, type Reply } from '../../support/mail-server.ts'
import { placesHolding } from '../../support/walk.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const quick = {
  afterGone: 0,
  burst: 0,
  burstMost: 0,
  linkLifetime: 60_000,
  retryFirst: 50,
  retryMost: 200,
  giveUpAfter: 60_000,
}

/** A chat with an answer, and a mail server that behaves as told. */
async function aMailedChat(
  replies: readonly Reply[] = [],
  options: { mail?: Partial<MailConfig>; nodes?: number } = {},
) {
  const server = await aMailServer()
  server.next(...replies)
  const mail = { ...quick, url: server.url, from: 'support@acme.example', leftVisitor: 'off' as const, ...options.mail }
  const talk = await aTalk({ nodes: options.nodes ?? 1, times: { sweepMail: 50 }, config: { mail } })
  closing.push(() => server.close())
  closing.push(() => talk.chat.close())
  const { chat, answering } = talk
  const started = await chat.session({ name: 'Ana', email: 'ana@example.com', timeZone: 'Europe/Lisbon' })
  const { sessionId, token } = started
  await answering.ask('agent_join', { sessionId })
  await answering.ask('send_message', chat.aMessage(sessionId, 'Hello Ana'))
  await answering.ask('send_message', chat.aMessage(sessionId, 'SECRET', { isInternal: true }))
  const ask = (body: object = {}, key: string | undefined = token) =>
    chat.call('POST', `/api/chat/sessions/${sessionId}/transcript/email`, { token: key, body })
  const logged = async (type: string) => (await chat.events(sessionId)).filter((event) => event.type === type)
  const notes = async () =>
    (await logged('message')).flatMap(({ actor, body }) => (actor.kind === 'system' ? [Object(body).content] : []))
  return { ...talk, server, sessionId, token, ask, logged, notes }
}

const arrivedAt = (server: MailServer, count: number) =>
  expect.poll(() => server.arrived.length, { timeout: 10_000 }).toBe(count)

it('brings the visitor their transcript, without notes, in text and HTML, and says so in the log', async () => {
  const { server, ask, logged } = await aMailedChat()
  const answer = await ask()
  await arrivedAt(server, 1)
  const [{ to, mail } = { to: [], mail: null }] = server.arrived
  await expect.poll(async () => (await logged('emailed')).length, { timeout: 10_000 }).toBe(1)
  expect({
    answer,
    to,
    from: mail?.from?.value,
    subject: mail?.subject,
    auto: mail?.headers.get('auto-submitted'),
    text: mail?.text?.includes('Hello Ana'),
    html: String(mail?.html).includes('<p dir="auto">Hello Ana</p>'),
    secret: JSON.stringify(mail).includes('SECRET'),
    body: (await logged('emailed'))[0]?.body,
  }).toEqual({
    answer: { status: 202, body: { to: 'ana@example.com' } },
    to: ['ana@example.com'],
    from: [{ name: 'Everyone', address: 'support@acme.example' }],
    subject: 'Your chat with Everyone',
    auto: 'auto-generated',
    text: true,
    html: true,
    secret: false,
    body: { what: 'transcript', to: 'ana@example.com', upTo: expect.any(Number) },
  })
})

it.each<[string, Reply[]]>([
  ['a server that is busy', [{ at: 'content', code: 451, text: 'try again' }]],
  ['a recipient who is put off', [{ at: 'recipient', code: 450, text: 'greylisted' }]],
  ['a line that is cut before the mail is taken', ['cut the line']],
])('goes on after %s, and arrives once', async (_, replies) => {
  const { server, ask, logged } = await aMailedChat(replies)
  await ask()
  await arrivedAt(server, 1)
  await expect.poll(async () => (await logged('emailed')).length, { timeout: 10_000 }).toBe(1)
  expect([server.tries(), server.arrived.length]).toEqual([2, 1])
})

it('comes a second time under the same id when the answer to the first was lost', async () => {
  const { server, ask, logged } = await aMailedChat(['lose the answer'])
  await ask()
  await arrivedAt(server, 2)
  await expect.poll(async () => (await logged('emailed')).length, { timeout: 10_000 }).toBe(1)
  const ids = server.arrived.map(({ mail }) => mail.messageId)
  expect([ids[0], server.arrived.length]).toEqual([ids[1], 2])
})

it.each<[string, Reply]>([
  ['recipient', { at: 'recipient', code: 550, text: 'no such user' }],
  ['content', { at: 'content', code: 554, text: 'spam' }],
])('tells the team when the %s is refused for good, and tries no more', async (_, reply) => {
  const { server, ask, logged, notes, chat } = await aMailedChat([reply])
  await ask()
  await expect.poll(notes, { timeout: 10_000 }).toEqual([expect.stringContaining('could not be delivered')])
  const mails = chat.node().connection.collection('mails')
  await expect.poll(() => mails.countDocuments({ state: 'failed' }), { timeout: 10_000 }).toBe(1)
  expect([server.tries(), server.arrived, await logged('emailed')]).toEqual([1, [], []])
})

it('gives up after a while, and says so', async () => {
  const { ask, notes } = await aMailedChat([], { mail: { url: 'smtp://127.0.0.1:1', giveUpAfter: 300 } })
  await ask()
  await expect.poll(notes, { timeout: 10_000 }).toEqual([expect.stringContaining('ana@example.com')])
})

it('is sent by another node when the one that began it ends, and by one of them alone', async () => {
  const { server, ask, chat, logged } = await aMailedChat(Array(3).fill({ at: 'content', code: 451, text: 'later' }), {
    nodes: 2,
  })
  await ask()
  await expect.poll(server.tries, { timeout: 10_000 }).toBeGreaterThan(0)
  await chat.node(1).close()
  await arrivedAt(server, 1)
  await expect.poll(async () => (await logged('emailed')).length, { timeout: 10_000 }).toBe(1)
})

it('is not sent again when its sender ended after writing it down', async () => {
  const { server, ask, chat, logged } = await aMailedChat()
  await ask()
  await expect.poll(async () => (await logged('emailed')).length, { timeout: 10_000 }).toBe(1)
  const mails = chat.node().connection.collection('mails')
  await expect.poll(() => mails.countDocuments({ state: 'sent' }), { timeout: 10_000 }).toBe(1)
  await mails.updateOne({}, { $set: { state: 'waiting', nextAt: 0 } })
  await expect.poll(() => mails.countDocuments({ state: 'sent' }), { timeout: 10_000 }).toBe(1)
  expect([server.arrived.length, (await logged('emailed')).length]).toEqual([1, 1])
})

it.each([
  ['taken', undefined],
  ['refused', new MailFailure('refused', 'no such user')],
])('brings no address back into a chat that is erased while its mail is being %s', async (_, failure) => {
  const { chat, sessionId } = await aTalk()
  closing.push(() => chat.close())
  const { connection, log } = chat.node()
  const session = SessionId.parse(sessionId)
  const mails = createMails({ connection, now: Date.now })
  await mails.add({ session, what: 'transcript', to: 'ana@example.com', upTo: 1 as Seq }, 1 as Seq)
  const erase = async () => {
    const upTo = (await log.state(session))?.seq ?? (0 as Seq)
    const body = { upTo, reason: 'retention' } as const
    const erased = { type: 'erased', actor: { kind: 'system', rule: 'retention' }, origin: 'deskbridge', body } as const
    await log.append({ session, key: EventKey.parse('auto:erased:mail'), decide: () => ({ append: erased }) })
    await forgetMails(connection, session)
    if (failure) throw failure
  }
  const compose = async () => ({ fromName: 'Everyone', subject: 'Chat', text: '', html: '' })
  await sendMails({
    ...{ connection, log, mails, times: quick, now: Date.now, logger: pino({ level: 'silent' }) },
    limits: { maxMessageSize: 10_000 } as never,
    mailer: { send: erase, close() {} },
    compose: { transcript: compose, answers: compose },
  })
  await log.projected()
  expect(await placesHolding(chat.stores, ['ana@example.com'])).toEqual([])
})

it('goes to an address that the visitor names; an agent sends it to the visitor alone', async () => {
  const { server, ask, agent } = await aMailedChat()
  const byAgent = await ask({ to: 'x@example.com' }, agent.token)
  const byVisitor = await ask({ to: 'home@example.com' })
  await arrivedAt(server, 1)
  expect([byAgent.status, byVisitor.status, server.arrived[0]?.to]).toEqual([403, 202, ['home@example.com']])
})

it.each([
  'ana@example.com\r\nBcc: all@example.com',
  'ana@example.com, all@example.com',
  'Ana <ana@example.com>',
  'ana@example.com\n',
])('takes no address that is more than one: %j', async (to) => {
  const { server, ask } = await aMailedChat()
  expect([(await ask({ to })).status, server.tries()]).toEqual([400, 0])
})

it('is refused before anybody has answered, without an address, without a mail server and beyond its limit', async () => {
  const { chat, ask } = await aMailedChat()
  const alone = await chat.session({ email: 'x@example.com' })
  const nameless = await chat.session({})
  const silent = await aTalk()
  closing.push(() => silent.chat.close())
  const email = ({ sessionId, token }: { sessionId: string; token: string }, of = chat) =>
    of.call('POST', `/api/chat/sessions/${sessionId}/transcript/email`, { token, body: {} })
  const refused = [await email(alone), await email(nameless), await email(silent, silent.chat)]
  expect([refused.map(({ body }) => body.error.code), (await ask()).status]).toEqual([
    ['not_answered', 'no_address', 'mail_not_configured'],
    202,
  ])
})

it('is limited by chat, by recipient and by address', async () => {
  const server = await aMailServer()
  closing.push(() => server.close())
  const mail = { ...quick, url: server.url, from: 'support@acme.example' }
  for (const [limits, codes] of [
    [{ perSession: 1, perRecipient: 9, perAddress: 9 }, [202, 429, 202]],
    [{ perSession: 9, perRecipient: 1, perAddress: 9 }, [202, 429, 429]],
    [{ perSession: 9, perRecipient: 9, perAddress: 1 }, [202, 429, 429]],
  ] as const) {
    const talk = await aTalk({ limits: { transcriptMail: limits }, config: { mail } })
    const { chat, answering } = talk
    const ask = async (of: { sessionId: string; token: string }) => {
      const path = `/api/chat/sessions/${of.sessionId}/transcript/email`
      return (await chat.call('POST', path, { token: of.token, body: { to: 'ana@example.com' } })).status
    }
    const other = await chat.session()
    for (const { sessionId } of [talk, other]) {
      await answering.ask('agent_join', { sessionId })
      await answering.ask('send_message', chat.aMessage(sessionId, 'hello'))
    }
    expect([await ask(talk), await ask(talk), await ask(other)]).toEqual(codes)
    await chat.close()
  }
})

it('speaks TLS from the first byte, by STARTTLS, or not at all where it is demanded', async () => {
  const mail = {
    id: 'a',
    thread: 'b',
    fromName: 'Shop\r\nBcc: x@example.com',
    to: 'ana@example.com',
    subject: 'A\nB',
    text: 't',
    html: '<p>t</p>',
  }
  const secure = await aMailServer({ secure: true })
  const starting = await aMailServer({ disabledCommands: [] })
  const plain = await aMailServer()
  closing.push(
    () => secure.close(),
    () => starting.close(),
    () => plain.close(),
  )
  const to = (url: string) => {
    const mailer = createSmtpMailer({ url, from: 'support@acme.example' })
    return mailer
      .send(mail)
      .then(
        () => 'sent',
        (error: { kind: string }) => error.kind,
      )
      .finally(mailer.close)
  }
  expect([
    await to(`smtps://127.0.0.1:${secure.port}?rejectUnauthorized=false`),
    await to(`smtps://127.0.0.1:${secure.port}`),
    await to(`smtp://127.0.0.1:${starting.port}?rejectUnauthorized=false&requireTLS=true`),
    await to(`smtp://127.0.0.1:${plain.port}?requireTLS=true`),
    await to(plain.url),
  ]).toEqual(['sent', 'away', 'sent', 'away', 'sent'])
  const [{ mail: got, to: recipients } = { mail: null, to: [] }] = plain.arrived
  expect([got?.subject, got?.from?.value[0]?.name, recipients]).toEqual([
    'A B',
    'Shop Bcc: x@example.com',
    ['ana@example.com'],
  ])
})
