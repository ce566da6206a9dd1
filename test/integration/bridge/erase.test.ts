import { afterEach, expect, it } from 'vitest'
import { RemoteFailure } from '../../../src/bridge/port/failure.ts'
import { aBridge, anAgent } from '../../support/bridge.ts'
import { aRemote } from '../../support/remote.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const arrange = async (...remotes: Parameters<typeof aBridge>[0]) => {
  const chat = await aBridge(remotes)
  closing.push(chat.close)
  return chat
}

const never = () => new Promise<void>(() => {})
const threadOf = (remote: ReturnType<typeof aRemote>) => remote.posts[0]?.thread ?? ''

it('takes back what was brought, in the log’s order, and goes on with what is said after it', async () => {
  const remote = aRemote()
  const chat = await arrange(remote)
  await chat.say('SECRET one')
  await chat.runRung()
  await chat.say('SECRET two', anAgent, 'zendesk')
  await chat.runRung()
  const report = await chat.erase()
  await chat.say('and on')
  await chat.runRung()
  expect([remote.posts.map(({ lines }) => lines), await report()]).toEqual([
    [['(erased)'], ['(erased)'], ['(erased)'], ['and on']],
    [{ name: 'slack', state: 'done', count: 3, left: {}, reason: null }],
  ])
})

it('never brings what was erased before it went out, and says that nothing was there', async () => {
  const remote = aRemote()
  const chat = await arrange(remote)
  await chat.sayUnannounced('SECRET')
  const report = await chat.erase()
  await chat.runRung()
  expect([remote.posts, await report()]).toEqual([
    [],
    [{ name: 'slack', state: 'done', count: 0, left: {}, reason: null }],
  ])
})

it('tells of what people wrote there and nobody can take away', async () => {
  const remote = aRemote()
  const chat = await arrange(remote)
  await chat.say('SECRET')
  await chat.runRung()
  remote.write(threadOf(remote), 'Bo', 'about SECRET')
  const report = await chat.erase()
  await chat.runRung()
  expect(await report()).toEqual([
    { name: 'slack', state: 'done', count: 2, left: { 'what people wrote': 1 }, reason: null },
  ])
})

it.each(['before', 'after'] as const)(
  'looks for a call that a dead worker left %s its effect, and takes its text back without making it again',
  async (moment) => {
    const remote = aRemote()
    const chat = await arrange(remote)
    await chat.say('one')
    await chat.runRung()
    remote.goWrong((when) => (when === moment ? never() : undefined))
    await chat.say('SECRET two')
    void chat.another('dies').run({ kind: 'deliver', link: (await chat.link())?._id ?? '' })
    await expect.poll(async () => (await chat.link())?.outbound.inflight, { timeout: 10_000 }).not.toBeNull()
    const report = await chat.erase()
    remote.behave()
    const frozen = JSON.stringify(await chat.link())
    await chat.pass(40_000)
    await chat.bridge.run({ kind: 'deliver', link: (await chat.link())?._id ?? '' })
    await chat.pass(100_000)
    expect([frozen.includes('SECRET'), remote.posts.map(({ lines }) => lines), await report()]).toEqual([
      false,
      [['(erased)'], ['(erased)'], ...(moment === 'after' ? [['(erased)']] : [])],
      [{ name: 'slack', state: 'done', count: moment === 'after' ? 3 : 2, left: {}, reason: null }],
    ])
  },
)

it('goes on after a kill in the middle, and counts nothing twice', async () => {
  const remote = aRemote()
  const chat = await arrange(remote)
  for (const text of ['one', 'two', 'three']) {
    await chat.say(text)
    await chat.runRung()
  }
  const report = await chat.erase()
  const victim = remote.posts[2]?.id
  remote.goWrongErasing((id) => (id === victim ? never() : undefined))
  void chat.another('dies').run({ kind: 'deliver', link: (await chat.link())?._id ?? '' })
  await expect.poll(async () => (await chat.link())?.outbound.erasing?.wiped, { timeout: 10_000 }).toBe(2)
  const [pending] = await report()
  remote.behave()
  await chat.pass(60_000)
  await chat.bridge.run({ kind: 'deliver', link: (await chat.link())?._id ?? '' })
  expect([pending?.state, remote.posts.map(({ lines }) => lines.join()), await report()]).toEqual([
    'pending',
    Array(4).fill('(erased)'),
    [{ name: 'slack', state: 'done', count: 4, left: {}, reason: null }],
  ])
})

it('waits for a destination that is halted, says why, and goes on when it works again', async () => {
  const remote = aRemote()
  const chat = await arrange(remote)
  await chat.say('SECRET')
  await chat.runRung()
  remote.goWrongErasing(() => {
    throw new RemoteFailure({ kind: 'halted' }, 'the channel is archived')
  })
  const report = await chat.erase()
  await chat.runRung()
  const halted = await report()
  remote.behave()
  await chat.pass(120_000)
  expect([halted, await report()]).toEqual([
    [
      {
        name: 'slack',
        state: 'pending',
        count: 0,
        left: {},
        reason: expect.stringContaining('the channel is archived'),
      },
    ],
    [{ name: 'slack', state: 'done', count: 2, left: {}, reason: null }],
  ])
})

it('does not pass before the log itself is redacted', async () => {
  const remote = aRemote()
  const chat = await arrange(remote)
  await chat.say('SECRET')
  await chat.runRung()
  await chat.erase({ tended: false })
  await chat.events.updateMany({ seq: 1 }, { $unset: { erased: '' } })
  await chat.pass(5_000)
  const before = await chat.link()
  await chat.events.updateMany({ seq: 1 }, { $set: { erased: true } })
  await chat.pass(5_000)
  expect([before?.outbound.cursor, (await chat.link())?.outbound.cursor]).toEqual([1, 2])
})

it('empties what has arrived, taken in or not, and knows a repeat all the same', async () => {
  const remote = aRemote()
  const chat = await arrange(remote)
  await chat.say('hello')
  await chat.runRung()
  const thread = threadOf(remote)
  const taken = { ...remote.write(thread, 'Bo', 'SECRET answer'), raw: 'SECRET answer' }
  await chat.bridge.arrivals.accept('slack', [taken])
  await chat.runRung()
  const waiting = { ...remote.write(thread, 'Bo', 'SECRET waits'), raw: 'SECRET waits' }
  await chat.bridge.arrivals.accept('slack', [waiting])
  const report = await chat.erase()
  await chat.bridge.arrivals.accept('slack', [taken, waiting])
  await chat.runRung()
  const stored = await chat.inbox.find().toArray()
  expect([chat.posted, stored.map(({ raw }) => raw), await report()]).toMatchObject([
    ['SECRET answer'],
    stored.map(() => null),
    [{ state: 'done' }],
  ])
})

it('takes back what was told once more of what was said before, with nothing new after it', async () => {
  const remote = aRemote({ owed: ['The story: SECRET'] })
  const chat = await arrange(remote)
  await chat.say('SECRET')
  await chat.runRung()
  const report = await chat.erase()
  await chat.runRung()
  expect([remote.posts.map(({ lines }) => lines), await report()]).toEqual([
    [['(erased)'], ['(erased)'], ['(erased)']],
    [{ name: 'slack', state: 'done', count: 3, left: {}, reason: null }],
  ])
})

it('takes the text back of what a dead worker was telling once more', async () => {
  const remote = aRemote({ owed: ['The story: SECRET'] })
  const chat = await arrange(remote)
  remote.goWrong((when, { body }) =>
    when === 'before' && JSON.stringify(body).includes('story') ? never() : undefined,
  )
  await chat.say('SECRET')
  void chat.runRung()
  await expect.poll(async () => (await chat.link())?.outbound.inflight?.from, { timeout: 10_000 }).toBe(2)
  await chat.erase()
  expect(JSON.stringify(await chat.link())).not.toContain('SECRET')
})
