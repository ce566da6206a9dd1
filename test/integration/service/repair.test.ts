import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Connection, mongo } from 'mongoose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ErasureReport } from '../../../src/contract/privacy.ts'
import { loadConfig } from '../../../src/platform/config.ts'
import { connectMongo } from '../../../src/platform/mongo.ts'
import { repairCommand } from '../../../src/repair-command.ts'
import { aMailServer, type MailServer } from '../../support/mail-server.ts'
import { adminKey, aWorld, channel, type World } from '../../support/world.ts'

let world: World
let mails: MailServer
let connection: Connection
let db: mongo.Db
beforeAll(async () => {
  mails = await aMailServer()
  world = await aWorld({ factor: 0.2, env: { SMTP_URL: mails.url, SMTP_FROM: 'support@acme.example' } })
  connection = await connectMongo(world.stores.mongodbUrl)
  if (!connection.db) throw new Error('not connected')
  db = connection.db
})
afterAll(async () => {
  await connection.close()
  await world.close()
  await mails.close()
})

const patience = { timeout: 480_000 }
const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 120_000, interval: 50 })
const cli = join(import.meta.dirname, '..', '..', '..', 'src', 'cli.ts')

/** The command as an administrator runs it, beside the service. */
const repair = (...args: string[]) =>
  new Promise<{ code: number; said: string[] }>((resolve) => {
    const child = execFile(process.execPath, [cli, 'repair', ...args], { env: world.env }, (_error, out, err) =>
      resolve({ code: child.exitCode ?? -1, said: `${out}${err}`.split('\n').filter(Boolean) }),
    )
  })

/** In this process, and once nothing counts as under way any more. */
async function repairLater(...args: string[]) {
  const said: string[] = []
  const deps = { connection, config: loadConfig(world.env), now: () => Date.now() + 60_000 }
  const code = await repairCommand(deps, args, (line) => void said.push(line))
  return { code, said }
}

const nothing = { code: 0, said: ['nothing to change'] }
const admin = <T>(path: string, body?: object) =>
  world.api<T>(`/api/admin${path}`, { method: 'POST', body, headers: { authorization: `Bearer ${adminKey}` } })

async function anAgent(name: string) {
  const email = `${name.toLowerCase()}@example.com`
  // Given nothing by routing, and free to take what they like.
  const about = { name, email, capacity: 0, role: 'supervisor' }
  const { id } = await admin<{ id: string }>('/agents', about)
  const { token } = await admin<{ token: string }>(`/agents/${id}/token`)
  const socket = world.connect(token)
  await socket.emitWithAck('set_status', { status: 'online' })
  return { id, token, socket }
}

/** A chat in which everything happens that is made into something. */
async function aBusyChat(name: string) {
  const visitor = await world.visitor({ name, email: `${name.toLowerCase()}@example.com` })
  const agent = await anAgent(`Agent${name}`)
  const { sessionId } = visitor
  const acts = (what: string, token: string, body: object = {}) =>
    world.api<object>(`/api/chat/sessions/${sessionId}/${what}`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${token}` },
    })
  const first = await visitor.send(`${name} asks for a blue box`)
  const second = await visitor.send('and a red one')
  await visitor.socket.emitWithAck('edit_message', { sessionId, messageId: first.id, content: 'a green box' })
  await visitor.socket.emitWithAck('delete_message', { sessionId, messageId: second.id })
  await agent.socket.emitWithAck('agent_join', { sessionId })
  await acts('take', agent.token)
  await agent.socket.emitWithAck('send_message', {
    ...{ sessionId, messageType: 'text', content: 'a note', clientMessageId: `note-of-${name}`, isInternal: true },
  })
  await acts('messages', agent.token, { content: 'coming', clientMessageId: `answer-to-${name}` })
  await acts('transcript/email', visitor.token, { to: `${name.toLowerCase()}@example.com` })
  await poll(async () => (await world.tickets(sessionId))[0]?.comments.length).toBeGreaterThan(1)
  await poll(async () => (await world.thread(sessionId))?.replies.length).toBeGreaterThan(2)
  return { visitor, agent, sessionId, acts }
}

const isDone = async (id: string) =>
  (
    await world.api<ErasureReport>(`/api/admin/privacy/erasures/${id}`, {
      headers: { authorization: `Bearer ${adminKey}` },
    })
  ).state === 'done'

/** What is made of the log, and what a repair must not touch. */
const stored = async () => {
  const all = (name: string, fields: object = {}) =>
    db.collection(name).find({}, { projection: fields }).sort({ _id: 1 }).toArray()
  return {
    sessions: await all('sessions', { mended: 0 }),
    messages: (await all('messages')).map((message) => ({ ...message, terms: message.terms.toSorted() })),
    // What is pushed and looked for there goes on.
    links: await all('links', {
      'outbound.behind': 0,
      'outbound.behindSince': 0,
      'outbound.lease': 0,
      inbound: 0,
      activeAt: 0,
    }),
    places: await all('agents', { 'reserved.session': 1, 'reserved.after': 1 }),
    bindings: await all('bindings'),
  }
}

/** Until every link has all that it wants and everything is projected. */
const settled = async () => {
  await poll(() => db.collection('links').countDocuments({ 'outbound.behind': true })).toBe(0)
  let before = ''
  await poll(async () => {
    const now = JSON.stringify(await stored())
    const isSame = now === before
    before = now
    return isSame
  }).toBe(true)
}

it(
  'has nothing to change in a healthy store, however much has happened in it, and while more happens',
  patience,
  async () => {
    const { visitor, agent, sessionId } = await aBusyChat('Ana')
    const erased = await aBusyChat('Ben')
    await visitor.socket.emitWithAck('close_chat', { sessionId })
    await visitor.socket.emitWithAck('rate_chat', { sessionId, score: 5 })
    await visitor.send('one more thing')
    const { id } = await admin<{ id: string }>('/privacy/erasures', { email: 'ben@example.com' })
    let writing = true
    const busy = (async () => {
      for (let index = 0; writing; index += 1) {
        await visitor.send(`still here ${'x'.repeat(index % 200)}`)
        await wait(100)
      }
    })()
    const during = [await repair('--check'), await repair()]
    writing = false
    await busy
    await poll(() => isDone(id)).toBe(true)
    await settled()
    const before = await stored()
    const after = [await repair('--check'), await repair(), await repair('--session', erased.sessionId)]
    expect([during, after, await stored()]).toEqual([[nothing, nothing], [nothing, nothing, nothing], before])
    const held = before.places.flatMap(({ _id, reserved }) => (reserved.length > 0 ? [`${_id}`] : []))
    expect(held).toEqual([erased.agent.id].filter((id) => id !== agent.id))
  },
)

/** Something is damaged by hand; answers the lines that the repair says. */
type Damage = (chat: Awaited<ReturnType<typeof aBusyChat>>) => Promise<string[]>

const sessions = () => db.collection<{ _id: string }>('sessions')
const messages = () => db.collection<{ _id: string }>('messages')
const links = () => db.collection<{ _id: string }>('links')
const agents = () => db.collection<{ _id: string }>('agents')

const damages: [string, Damage][] = [
  [
    'a summary that is gone',
    async ({ sessionId }) => {
      await sessions().deleteOne({ _id: sessionId })
      return [`summaries: 1 made (${sessionId})`]
    },
  ],
  [
    'a summary that says something else',
    async ({ sessionId }) => {
      const wrong = { 'state.status': 'closed', 'state.tags': ['wrong'], 'state.added': 1 }
      await sessions().updateOne({ _id: sessionId }, { $set: wrong })
      return [`summaries: 1 made again (${sessionId})`]
    },
  ],
  [
    'a summary and messages without a log',
    async () => {
      await sessions().insertOne({ _id: 'ses_of_nothing', version: 7, projectedSeq: 1, state: {} } as never)
      await messages().insertOne({ _id: 'evt_of_nothing', session: 'ses_of_nothing', seq: 1 } as never)
      return ['messages: 1 removed (ses_of_nothing seq 1)', 'summaries: 1 removed (ses_of_nothing)']
    },
  ],
  [
    'messages that are gone, altered, without their words, and too many',
    async ({ sessionId }) => {
      const [first, second, third] = await messages().find({ session: sessionId }).sort({ seq: 1 }).toArray()
      const seqs = [first, second, third].map((message) => Object(message).seq)
      await messages().deleteOne({ _id: first?._id ?? '' })
      await messages().updateOne({ _id: second?._id ?? '' }, { $set: { 'now.content': 'back', 'now.deleted': false } })
      await messages().updateOne({ _id: third?._id ?? '' }, { $set: { terms: ['other'] } })
      await messages().insertOne({ _id: 'evt_too_many', session: sessionId, seq: 1 } as never)
      const where = (seq: number) => `${sessionId} seq ${seq}`
      return [`messages: 1 removed, 1 made, 2 made again (${[1, ...seqs].map(where).join(', ')})`]
    },
  ],
  [
    'links that owe less, and what there is not',
    async ({ sessionId }) => {
      const [slack, zendesk] = [`${sessionId}:slack`, `${sessionId}:zendesk`]
      await links().updateOne({ _id: slack }, { $set: { 'outbound.head': 1 } })
      await links().updateOne({ _id: zendesk }, { $set: { 'outbound.head': 9_999 } })
      return [`links: 1 raised, 1 lowered (${slack}, ${zendesk})`]
    },
  ],
  [
    'a place that no log confirms, and one that is gone',
    async ({ sessionId, agent }) => {
      const dead = { session: sessionId, after: 1, at: new Date(0) }
      const other = await agents().findOne({ _id: { $ne: agent.id } })
      await agents().updateOne({ _id: other?._id ?? '' }, { $push: { reserved: dead } } as never)
      await agents().updateOne({ _id: agent.id }, { $set: { reserved: [] } } as never)
      return [`places: 1 freed, 1 made (${other?._id} in ${sessionId}, ${agent.id} in ${sessionId})`]
    },
  ],
]

it('puts right whatever is damaged, one kind after the other, and says what it was', patience, async () => {
  const chat = await aBusyChat('Cid')
  await anAgent('Eve')
  await settled()
  // Stopped, so that it does not put things right itself.
  await world.stop()
  const before = await stored()
  for (const [name, damage] of damages) {
    const said = await damage(chat)
    const run = [await repairLater('--check'), await repairLater(), await repairLater()]
    expect([name, run, await stored()]).toEqual([
      name,
      [{ code: 1, said: ['different from the log, and left as it is:', ...said] }, { code: 0, said }, nothing],
      before,
    ])
  }
  await world.start()
})

it(
  'makes links that are gone of what is recorded at the remotes, and brings nothing there twice',
  patience,
  async () => {
    const { sessionId, visitor, acts } = await aBusyChat('Dot')
    await settled()
    // Not who has the chat: an agent counts as gone when the service was away for long.
    const isSaid = ({ text }: { text: string }) => !/^_.*_$/s.test(text)
    const there = async () => ({
      threads: (await world.threads(sessionId)).map(({ replies }) => replies.filter(isSaid).map(({ text }) => text)),
      tickets: (await world.tickets(sessionId)).map(({ comments }) => comments.map(({ body }) => body)),
    })
    const before = await there()
    await world.stop()
    await links().deleteMany({ session: sessionId } as never)
    const { said } = await repairLater('--session', sessionId)
    await world.start()
    await acts('messages', visitor.token, { content: 'after the repair', clientMessageId: 'after-the-repair' })
    await poll(async () => JSON.stringify(await there()).split('after the repair').length).toBe(3)
    await settled()
    const after = await there()
    expect([
      said,
      after.threads.map((texts) => texts.slice(0, -1)),
      after.tickets.map((texts) => texts.slice(0, -1)),
    ]).toEqual([[`links: 2 made (${sessionId}:slack, ${sessionId}:zendesk)`], before.threads, before.tickets])
  },
)

it(
  'brings a reply that somebody deleted, and a ticket that somebody deleted, there again, once',
  patience,
  async () => {
    const { sessionId } = await aBusyChat('Eli')
    await settled()
    const replies = async () => (await world.thread(sessionId))?.replies ?? []
    const [first, ...others] = await replies()
    const tickets = await world.tickets(sessionId)
    await fetch(`${world.slack.url}/sandbox/messages/${channel}/${first?.ts}`, { method: 'DELETE' })
    await fetch(`${world.zendesk.url}/sandbox/tickets/${tickets[0]?.id}`, { method: 'DELETE' })
    const asked: string[][] = []
    for (const to of ['slack', 'zendesk', 'slack', 'zendesk']) {
      const about = ['--resend', sessionId, '--to', to]
      asked.push((await repair(...about, '--from', '1')).said)
      await poll(async () => (await repairLater(...about)).said.join()).toContain('done')
      asked.push((await repair(...about)).said)
    }
    // What was edited or deleted meanwhile is brought as it is now, and not what became of it.
    const texts = (all: { text: string }[]) =>
      all.map(({ text }) => text.replace(/ _\(edited\)_|\n?_This message was deleted\._/g, ''))
    const comments = (all: Awaited<ReturnType<World['tickets']>>) =>
      all
        .flatMap((ticket) => ticket.comments.flatMap(({ body }) => body.split(/\n+/)))
        .filter((line) => !/ · |a blue box|a red one/.test(line))
    const putDown = [expect.stringContaining('are to be looked at by the running service')]
    expect([asked, texts(await replies()), comments(await world.tickets(sessionId))]).toEqual([
      [putDown, ['done: 1 brought again'], putDown, [expect.stringMatching(/^done: \d brought again$/)]].concat([
        ...[putDown, ['done: 0 brought again'], putDown, ['done: 0 brought again']],
      ]),
      texts([...others, ...(first ? [first] : [])]),
      comments(tickets),
    ])
  },
)

it('says what is wrong with what it is asked', patience, async () => {
  const nobody = `ses_${'0'.repeat(24)}`
  const said = [
    await repair('--nonsense'),
    await repair('--from', '3'),
    await repair('--session', 'x'),
    await repair('--resend', nobody, '--to', 'slack', '--from', '1'),
    await repair('--resend', nobody, '--to', 'teams', '--from', '0'),
  ]
  expect(said.map(({ code, said: [line = ''] }) => [code, line])).toEqual([
    [1, 'There is no such option; see bin/deskbridge.'],
    [1, '--to, --from and --until belong to --resend.'],
    [1, expect.any(String)],
    [1, `Nothing of ${nobody} was brought to slack.`],
    [1, expect.any(String)],
  ])
})
