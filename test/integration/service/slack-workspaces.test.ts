import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SlackInstallation, SlackInstallLink } from '../../../src/contract/slack-installation.ts'
import { allowInSlack } from '../../support/allow-in-slack.ts'
import { placesHolding } from '../../support/walk.ts'
import { adminKey, aWorld, channel, json, type SlackMessage, type World } from '../../support/world.ts'

const first = { team: 'T0SANDBOX', channel }
const second = { team: 'T0SECOND', channel: 'C0SECOND01' }

let world: World
beforeAll(async () => {
  const client = { SLACK_CLIENT_ID: 'sandbox-client', SLACK_CLIENT_SECRET: 'sandbox-secret' }
  world = await aWorld({ factor: 0.2, roles: ['api', 'worker'], env: { SLACK_BOT_TOKEN: '', ...client } })
  for (const key of ['second', 'to-the-first', 'away'])
    await admin('POST', '/inboxes', { key, name: key, allowedOrigins: ['*'], slack: { channel: second.channel } })
})
afterAll(() => world.close())

const patience = { timeout: 150_000 }
const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 60_000, interval: 50 })

const admin = <T>(method: string, path: string, body?: object) =>
  world.api<T>(`/api/admin${path}`, { method, body, headers: { authorization: `Bearer ${adminKey}` } })
const installations = async () =>
  (await admin<{ installations: SlackInstallation[] }>('GET', '/slack/installations')).installations
const sandbox = (path: string, body: object = {}) =>
  json<{ ts: string }>(`${world.slack.url}/sandbox/${path}`, { method: 'POST', body })

async function install(team: string): Promise<number> {
  const { url } = await admin<SlackInstallLink>('POST', '/slack/installations/links')
  return (await fetch(await allowInSlack(url, { team }))).status
}

/** A chat, with what its thread says in a workspace's channel. */
async function aChat(where: typeof first, inbox?: string) {
  const visitor = await world.visitor({ name: 'Ana', ...(inbox && { inboxKey: inbox }) })
  const threadIn = async (at: typeof first) => {
    const path = `${world.slack.url}/sandbox/channels/${at.channel}`
    const roots = await json<{ root: SlackMessage; replies: SlackMessage[] }[]>(path)
    return roots.find(({ root }) => root.metadata?.event_payload.session === visitor.sessionId)
  }
  const thread = () => threadIn(where)
  /** Of what waited, one post may carry several lines. */
  const textsIn = async (at: typeof first) =>
    (await threadIn(at))?.replies.flatMap(({ text }) => text.split('\n')) ?? []
  return {
    send: visitor.send,
    texts: () => textsIn(where),
    textsIn,
    heard: () => visitor.seen.filter(({ senderType }) => senderType !== 'visitor').map(({ content }) => content),
    from: () => visitor.seen.filter(({ senderType }) => senderType !== 'visitor').map(({ senderName }) => senderName),
    async reply(text: string, user: string) {
      const root = await thread()
      await sandbox(`threads/${where.channel}/${root?.root.ts}/replies`, { user, text })
    },
  }
}

it('keeps chats waiting until the app is somewhere, and says how', patience, async () => {
  const chat = await aChat(first)
  await chat.send('Where is my order?')
  const told = () => world.lines.filter((line) => line.includes('destination halted'))
  await poll(() => told().length).toBe(1)
  expect(told()[0]).toContain('bin/deskbridge slack install')
  expect(await install(first.team)).toBe(200)
  await poll(chat.texts).toEqual(['Where is my order?'])
})

it('brings the chats of each workspace there, and its answers back to the right customers', patience, async () => {
  expect(await install(second.team)).toBe(200)
  const [here, there] = [await aChat(first), await aChat(second, 'second')]
  await Promise.all([here.send('I am here'), there.send('I am there')])
  await poll(async () => [await here.texts(), await there.texts()]).toEqual([['I am here'], ['I am there']])
  await Promise.all([here.reply('Grace answers', 'U0GRACE'), there.reply('Marie answers', 'U0MARIE')])
  await poll(() => [here.heard(), there.heard()]).toEqual([['Grace answers'], ['Marie answers']])
  expect([here.from(), there.from()]).toEqual([['Grace Hopper'], ['Marie Curie']])
})

/** A chat of an inbox whose threads are in the second workspace, until they are to be in the first. */
async function aMovingChat(key: string) {
  const there = await aChat(second, key)
  await there.send('one')
  await poll(there.texts).toEqual(['one'])
  const move = () => admin('PATCH', `/inboxes/${key}`, { slack: { channel: first.channel } })
  return { ...there, move }
}

it('takes in what is said in a thread of one workspace after its chat has gone on in another', patience, async () => {
  const chat = await aMovingChat('to-the-first')
  await chat.move()
  await poll(() => chat.textsIn(first)).toEqual([
    expect.stringContaining('The story so far'),
    expect.stringContaining('one'),
  ])
  await chat.reply('Still here', 'U0MARIE')
  await poll(chat.heard).toEqual(['Still here'])
  expect(chat.from()).toEqual(['Marie Curie'])
})

it(
  'goes on in another workspace where an inbox has its channel after the app was taken out of one',
  patience,
  async () => {
    const chat = await aMovingChat('away')
    await sandbox(`teams/${second.team}/uninstall`)
    await poll(async () => (await installations()).at(-1)?.goneAt).not.toBeNull()
    await chat.move()
    await chat.send('two')
    await poll(() => chat.textsIn(first)).toEqual([
      expect.stringContaining('The story so far'),
      expect.stringContaining('one'),
      'two',
    ])
    expect(await install(second.team)).toBe(200)
    await sandbox(`teams/${second.team}/channels`, { channel: second.channel })
  },
)

it.each([
  ['and Slack says so', { quietly: false }],
  ['and nobody hears of it', { quietly: true }],
])('holds up one workspace’s chats alone while the app is not there, %s', patience, async (_, how) => {
  const [here, there] = [await aChat(first), await aChat(second, 'second')]
  await there.send('one')
  await poll(there.texts).toEqual(['one'])
  await sandbox(`teams/${second.team}/uninstall`, how)
  await there.send('two')
  await there.send('three')
  await here.send('still here')
  await poll(here.texts).toEqual(['still here'])
  await here.reply('So am I', 'U0GRACE')
  await there.reply('While you were away', 'U0MARIE')
  await poll(here.heard).toEqual(['So am I'])
  const gone = async () => (await installations()).map(({ team, goneAt }) => [team, goneAt !== null])
  await poll(gone).toEqual([
    [first.team, false],
    [second.team, !how.quietly],
  ])
  expect(await there.texts()).toEqual(['one', 'While you were away'])
  expect(await install(second.team)).toBe(200)
  await sandbox(`teams/${second.team}/channels`, { channel: second.channel })
  const texts = ['one', 'While you were away', 'two', 'three']
  await poll(there.texts).toEqual(texts)
  await there.reply('Welcome back', 'U0MARIE')
  await poll(there.heard).toEqual(['While you were away', 'Welcome back'])
})

it('keeps no token in clear', patience, async () => {
  expect(await placesHolding(world.stores, ['xoxb-'])).toEqual([])
})

it('is not installed where somebody clicks Cancel', patience, async () => {
  const before = await installations()
  const { url } = await admin<SlackInstallLink>('POST', '/slack/installations/links')
  const answer = await fetch(await allowInSlack(url, { team: second.team, choice: 'cancel' }))
  expect([answer.status, (await answer.text()).includes('install_cancelled')]).toEqual([403, true])
  expect(await installations()).toEqual(before)
})

it(
  'does what people of each workspace ask for, and nothing for those of one where the app is not',
  patience,
  async () => {
    await admin('POST', '/agents', { name: 'Marie', email: 'marie@example.com', capacity: 0 })
    const command = (user: string, team: string, text: string) =>
      sandbox('commands', { user, team, channel: second.channel, command: '/deskbridge', text }) as Promise<unknown>
    expect(await command('U0MARIE', second.team, 'online')).toMatchObject({ status: 200 })
    expect(await command('U0MARIE', 'T0ELSEWHERE', 'online')).toMatchObject({
      status: 403,
      body: { error: { code: 'forbidden' } },
    })
  },
)

it('describes what administrators call', async () => {
  const { paths } = await world.api<{ paths: Record<string, object> }>('/api/openapi.json')
  const found = Object.entries(paths).filter(([path]) => path.startsWith('/api/admin/slack/'))
  expect(found.map(([path, operations]) => [path, Object.keys(operations)])).toEqual([
    ['/api/admin/slack/installations/links', ['post']],
    ['/api/admin/slack/installations', ['get']],
    ['/api/admin/slack/installations/{team}', ['delete']],
  ])
})

it('lets go of a workspace that is removed, and takes its chats up again', patience, async () => {
  const there = await aChat(second, 'second')
  await there.send('one')
  await poll(there.texts).toEqual(['one'])
  await fetch(`${world.url}/api/admin/slack/installations/${second.team}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${adminKey}` },
  })
  await there.send('two')
  await poll(async () => (await installations()).map(({ team }) => team)).toEqual([first.team])
  expect(await there.texts()).toEqual(['one'])
  expect(await install(second.team)).toBe(200)
  await sandbox(`teams/${second.team}/channels`, { channel: second.channel })
  await poll(there.texts).toEqual(['one', 'two'])
})
