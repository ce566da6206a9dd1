import { afterEach, expect, it } from 'vitest'
import { type Move, RemoteFailure } from '../../../src/bridge/port/failure.ts'
import { SessionId } from '../../../src/contract/ids.ts'
import { aBridge, anAgent, aSession } from '../../support/bridge.ts'
import { aRemote, type FakeRemote, type Mishap } from '../../support/remote.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const arrange = async (...remotes: Parameters<typeof aBridge>[0]) => {
  const chat = await aBridge(remotes)
  closing.push(chat.close)
  return chat
}

it('opens a thread and brings the messages in order, joined where they waited together', async () => {
  const remote = aRemote()
  const chat = await arrange(remote)
  await chat.say('one')
  await chat.say('two')
  await chat.runRung()
  await chat.say('three')
  await chat.runRung()
  expect(remote.posts.map((post) => post.lines)).toEqual([['opened'], ['one', 'two'], ['three']])
})

it('has the chat say where it stands, once for each thread, and makes up for it when that fails', async () => {
  const remote = aRemote({ urlOf: (thread) => `https://remote.example/${thread}` })
  const chat = await arrange(remote)
  chat.linking.works = false
  await chat.say('one')
  await chat.runRung()
  const before = [...chat.linking.tickets]
  chat.linking.works = true
  await chat.say('two')
  await chat.runRung()
  await chat.say('three')
  await chat.runRung()
  const thread = (await chat.link())?.remote.thread ?? ''
  const ticket = { key: `auto:linked:slack:${thread}`, id: thread, url: `https://remote.example/${thread}` }
  expect([before, chat.linking.tickets, remote.shown().length]).toEqual([[], [ticket], 4])
})

it('brings nothing back to where it came from, and lets go all the same', async () => {
  const remote = aRemote({ name: 'zendesk' })
  const chat = await arrange(remote)
  await chat.say('from the customer')
  await chat.say('from the ticket', anAgent, 'zendesk')
  await chat.say('and on')
  await chat.runRung()
  const link = await chat.link('zendesk')
  expect({ shown: remote.shown(), behind: link?.outbound.behind, cursor: link?.outbound.cursor }).toEqual({
    shown: ['opened', 'from the customer', 'and on'],
    behind: false,
    cursor: 3,
  })
})

it('makes each call once when two workers are rung for one link', async () => {
  const remote = aRemote()
  const chat = await arrange(remote)
  await chat.say('once')
  const other = chat.another('other')
  const work = { kind: 'deliver' as const, link: `${aSession}:slack` }
  await Promise.all([chat.bridge.run(work), other.run(work), chat.bridge.run(work), other.run(work)])
  expect(remote.shown()).toEqual(['opened', 'once'])
})

const never = () => new Promise<void>(() => {})
type Moment = Parameters<Mishap>[0]

it.each(['before', 'after'] as const)('a worker that dies %s the effect of a call leaves one copy', async (moment) => {
  for (const victim of ['opened', 'one']) {
    const remote = aRemote()
    const chat = await arrange(remote)
    remote.goWrong((when, call) => (when === moment && String(call.body) === victim ? never() : undefined))
    await chat.say('one')
    void chat.runRung()
    await expect.poll(() => remote.calls.some((call) => String(call.body) === victim)).toBe(true)
    remote.behave()
    await chat.say('two')
    await chat.pass(200_000, chat.another('successor'))
    chat.rung.push({ kind: 'deliver', link: `${aSession}:slack` })
    await chat.pass(200_000, chat.another('successor'))
    expect(remote.shown()).toEqual(['opened', 'one', 'two'])
  }
})

/** Something is said, and the worker that brings it stands still at its call until another has made it again. */
async function sleepThrough(
  remote: FakeRemote,
  chat: Awaited<ReturnType<typeof arrange>>,
  moment: Moment,
  text: string,
) {
  const before = remote.calls.length
  let resume = () => {}
  remote.goWrong((when) => (when === moment ? new Promise<void>((resolve) => void (resume = resolve)) : undefined))
  await chat.say(text)
  const zombie = chat.runRung()
  await expect.poll(() => remote.calls.length).toBe(before + 1)
  remote.behave()
  await chat.pass(31_000)
  chat.rung.push({ kind: 'deliver', link: `${aSession}:slack` })
  await chat.pass(100_000, chat.another('successor'))
  resume()
  await zombie
}

it('removes the later copy when a worker wakes up in the middle of a call that was made again', async () => {
  const remote = aRemote()
  const chat = await arrange(remote)
  await chat.say('one')
  await chat.runRung()
  await sleepThrough(remote, chat, 'before', 'two')
  expect({ shown: remote.shown(), removed: remote.removed.length }).toEqual({
    shown: ['opened', 'one', 'two'],
    removed: 1,
  })
})

it.each<Moment>(['before', 'after'])(
  'keeps one root of a chat when a worker wakes up %s its post, after another made it again',
  async (moment) => {
    const remote = aRemote()
    const chat = await arrange(remote)
    await sleepThrough(remote, chat, moment, 'one')
    await chat.say('two')
    await chat.pass(1_000)
    const root = (await chat.link())?.remote.thread
    const standing = remote.posts.filter(({ id }) => !remote.removed.includes(id))
    expect([remote.shown(), standing.map(({ thread }) => thread)]).toEqual([
      ['opened', 'one', 'two'],
      [root, root, root],
    ])
  },
)

it('looks before it calls again when the answer was lost', async () => {
  const remote = aRemote()
  const chat = await arrange(remote)
  let lost = 0
  remote.goWrong((when) => {
    if (when === 'after' && (lost += 1) < 3) throw new RemoteFailure({ kind: 'ambiguous' }, 'no answer')
  })
  await chat.say('one')
  await chat.pass(100_000)
  expect(remote.shown()).toEqual(['opened', 'one'])
})

it('waits for the settle time before it makes a call again that nobody can find', async () => {
  const remote = aRemote()
  const chat = await arrange(remote)
  let refused = 0
  remote.goWrong((when) => {
    if (when === 'before' && (refused += 1) === 1) throw new RemoteFailure({ kind: 'ambiguous' }, 'no answer')
  })
  await chat.say('one')
  await chat.pass(59_000)
  const early = remote.shown()
  await chat.pass(10_000)
  expect({ early, late: remote.shown() }).toEqual({ early: [], late: ['opened', 'one'] })
})

it('keeps a repeated call frozen while its first try may still land, whatever becomes of the second', async () => {
  const remote = aRemote({ repeatable: true })
  const chat = await arrange(remote)
  await chat.say('one')
  await chat.runRung()
  let tries = 0
  let land = () => {}
  remote.goWrong((when, call) => {
    if (when !== 'before' || String(call.body) !== 'two') return
    tries += 1
    // The first try's request is on its way; the second is turned away without effect.
    if (tries === 1) {
      land = () =>
        void remote.posts.push({
          id: 'p000900',
          thread: remote.posts[0]?.thread ?? '',
          marker: call.marker,
          author: 'bot',
          lines: ['two'],
        })
      throw new RemoteFailure({ kind: 'ambiguous' }, 'no answer')
    }
    if (tries === 2) throw new RemoteFailure({ kind: 'limited', scope: 'link', afterMs: 5_000 }, 'slow down')
  })
  await chat.say('two')
  await chat.pass(1_500)
  land()
  await chat.pass(100_000)
  expect({ tries: tries >= 2, shown: remote.shown() }).toEqual({ tries: true, shown: ['opened', 'one', 'two'] })
})

it('keeps one marker for what was ever tried twice, so that a try that lands after any time is found', async () => {
  const remote = aRemote()
  const chat = await arrange(remote)
  await chat.say('one')
  await chat.runRung()
  const [opened] = remote.posts
  let tries = 0
  let land = () => {}
  remote.goWrong((when, call) => {
    if (when !== 'before' || String(call.body) !== 'two') return
    tries += 1
    if (tries === 1) {
      const late = { id: 'p000900', thread: opened?.thread ?? '', marker: call.marker, author: 'bot', lines: ['two'] }
      land = () => void remote.posts.push(late)
      throw new RemoteFailure({ kind: 'ambiguous' }, 'no answer')
    }
    // The settle time is over. Turned away without effect, and then the first try lands all the same.
    if (tries === 2) {
      land()
      throw new RemoteFailure({ kind: 'limited', scope: 'link', afterMs: 5_000 }, 'slow down')
    }
  })
  await chat.say('two')
  await chat.pass(100_000)
  expect({ tries, shown: remote.shown() }).toEqual({ tries: 2, shown: ['opened', 'one', 'two'] })
})

it('keeps the place of a message that the remote refuses and goes on', async () => {
  const remote = aRemote()
  const chat = await arrange(remote)
  remote.goWrong((when, call) => {
    if (when === 'before' && String(call.body).includes('bad')) throw new RemoteFailure({ kind: 'refused' }, 'no')
  })
  for (const text of ['one', 'two', 'bad', 'four', 'five']) await chat.say(text)
  await chat.pass(10_000)
  expect(remote.shown()).toEqual([
    'opened',
    'one',
    'two',
    expect.stringContaining('could not be brought'),
    'four',
    'five',
  ])
})

it('stops calling a halted destination, tells once, and goes on by itself when it works again', async () => {
  const remote = aRemote()
  const chat = await arrange(remote)
  remote.goWrong(() => {
    throw new RemoteFailure({ kind: 'halted' }, 'token revoked')
  })
  await chat.say('one')
  await chat.pass(300_000)
  const tries = remote.calls.length
  remote.behave()
  await chat.pass(120_000)
  const told = chat.logged.filter((line) => line.msg.includes('administrator')).length
  expect({ few: tries < 20, told, shown: remote.shown() }).toEqual({ few: true, told: 1, shown: ['opened', 'one'] })
})

it('tells once of a channel that takes nothing, pauses nobody for it, and forgets it when something goes through', async () => {
  const remote = aRemote({ place: 'C1' })
  const chat = await arrange(remote)
  remote.goWrong(() => {
    throw new RemoteFailure({ kind: 'halted', scope: 'link' }, 'the channel is archived')
  })
  await chat.say('one')
  await chat.pass(300_000)
  const during = await chat.destinations()
  remote.behave()
  await chat.pass(120_000)
  const told = chat.logged.filter((line) => line.msg.includes('administrator')).length
  expect({ told, during, after: await chat.destinations(), shown: remote.shown() }).toEqual({
    told: 1,
    during: [{ _id: 'slack C1', pausedUntil: 0, halted: expect.objectContaining({ since: expect.any(Date) }) }],
    after: [{ _id: 'slack C1', pausedUntil: 0, halted: null }],
    shown: ['opened', 'one'],
  })
})

it('repairs a link to a thread that is gone by opening another', async () => {
  const remote = aRemote()
  const chat = await arrange(remote)
  await chat.say('one')
  await chat.runRung()
  remote.goWrong((when, call) => {
    if (when === 'before' && String(call.body) === 'two' && remote.posts.length === 2) {
      throw new RemoteFailure({ kind: 'repair', remote: {} }, 'thread deleted')
    }
  })
  await chat.say('two')
  await chat.pass(1_000)
  expect(remote.posts.map((post) => [post.lines, post.thread])).toEqual([
    [['opened'], 'p000001'],
    [['one'], 'p000001'],
    [['opened'], 'p000003'],
    [['two'], 'p000003'],
  ])
})

/** Of a chat in its thread, the next call has to go on elsewhere; what goes on there may be made. */
async function moving(to: Move) {
  const remote = aRemote()
  const chat = await arrange(remote)
  await chat.say('one')
  await chat.runRung()
  remote.goWrong((when, { body }) => {
    const isThere = remote.posts.at(-1)?.lines[0] === 'opened'
    if (when !== 'before' || String(body) !== 'two' || isThere) return
    throw new RemoteFailure({ kind: 'repair', ...to }, 'the thread is over')
  })
  return { remote, chat, thread: remote.posts[0]?.thread ?? '' }
}

it('reads a thread that is over to its end before it goes on in another', async () => {
  const { remote, chat, thread } = await moving({ remote: {}, readFirst: true })
  remote.write(thread, 'bo', 'the last answer')
  await chat.say('two')
  await chat.pass(10_000)
  expect([chat.posted, remote.shown(), (await chat.link())?.outbound.leaving]).toEqual([
    ['the last answer'],
    ['opened', 'one', 'opened', 'two'],
    false,
  ])
})

it('brings what people wrote last in a thread that is out of sight to the next one, where the rest goes', async () => {
  const { remote, chat, thread } = await moving({ remote: {}, readFirst: true, unseen: true })
  remote.write(thread, 'bo', 'the last answer')
  await chat.say('two')
  await chat.pass(10_000)
  expect([chat.posted, remote.shown()]).toEqual([
    ['the last answer'],
    ['opened', 'one', 'opened', 'two', 'the last answer'],
  ])
})

it('begins a message anew that was begun in a thread that is gone', async () => {
  const remote = aRemote({ parts: 2 })
  const chat = await arrange(remote)
  remote.goWrong((when, { part }) => {
    if (when !== 'before' || part !== 2 || remote.posts.length !== 2) return
    throw new RemoteFailure({ kind: 'repair', remote: {} }, 'the thread is gone')
  })
  await chat.say('one')
  await chat.pass(1_000)
  expect(remote.shown()).toEqual(['opened', 'one 1/2', 'opened', 'one 1/2', 'one 2/2'])
})

it('says what is owed in a thread once nothing is new, one after the other', async () => {
  const remote = aRemote({ owed: ['the story', 'the rest of it'] })
  const chat = await arrange(remote)
  await chat.say('one')
  await chat.runRung()
  const { cursor, head, behind } = (await chat.link())?.outbound ?? {}
  expect([remote.shown(), cursor === head, behind]).toEqual([
    ['opened', 'one', 'the story', 'the rest of it'],
    true,
    false,
  ])
})

it('reads what was written in a thread before the chat came into it', async () => {
  const remote = aRemote()
  const chat = await arrange(remote)
  await chat.say('one')
  await chat.runRung()
  const elsewhere = remote.write('p999999', 'bo', 'an answer there')
  remote.goWrong((when, { body }) => {
    if (when === 'before' && String(body) === 'two' && remote.calls.length === 3)
      throw new RemoteFailure({ kind: 'repair', remote: { thread: elsewhere.thread } }, 'merged')
  })
  await chat.say('two')
  await chat.pass(1_000)
  expect([chat.posted, remote.posts.at(-1)]).toMatchObject([
    ['an answer there'],
    { thread: elsewhere.thread, lines: ['two'] },
  ])
})

it('leaves a thread to the chat that has it, and goes where it may go otherwise', async () => {
  const other = SessionId.parse(`ses_${'2'.repeat(24)}`)
  const { remote, chat } = await moving({ remote: { thread: 'p000003' }, otherwise: {} })
  await chat.begin(other, 'default', 'of another chat')
  await chat.runRung()
  await chat.say('two')
  await chat.pass(1_000)
  expect([(await chat.links.findOne({ session: other }))?.remote, remote.posts.slice(-2)]).toMatchObject([
    { thread: 'p000003' },
    [
      { lines: ['opened'], thread: 'p000005' },
      { lines: ['two'], thread: 'p000005' },
    ],
  ])
})

it('spaces calls as the budget allows and lets later messages ride along', async () => {
  const remote = aRemote({ budgets: [{ key: `post:${Math.random()}`, limit: 3, windowMs: 2_000, burst: 2 }] })
  const chat = await arrange(remote)
  await chat.say('one')
  await chat.runRung()
  await chat.say('two')
  await chat.say('three')
  await chat.runRung()
  await chat.say('four')
  await chat.runRung()
  const early = remote.shown()
  await chat.pass(2_100)
  expect([early, remote.posts.map((post) => post.lines)]).toEqual([
    ['opened', 'one'],
    [['opened'], ['one'], ['two', 'three', 'four']],
  ])
})

it('brings what was committed by a process that died before it could ring', async () => {
  const remote = aRemote()
  const chat = await arrange(remote)
  await chat.sayUnannounced('one')
  const sweeps: Record<string, () => Promise<unknown>> = {}
  chat.bridge.startSweeps((name, _every, task) => {
    sweeps[name] = task
    return { stop: async () => {} }
  })
  await sweeps['sweep-recent-120000']?.()
  await chat.runRung()
  expect(remote.shown()).toEqual(['opened', 'one'])
})

it('finds a link whose ring was lost, and leaves alone the ones that are held or not due', async () => {
  const remote = aRemote()
  const chat = await arrange(remote)
  await chat.say('one')
  chat.rung.length = 0
  const sweeps: Record<string, () => Promise<unknown>> = {}
  chat.bridge.startSweeps((name, _every, task) => {
    sweeps[name] = task
    return { stop: async () => {} }
  })
  await sweeps['sweep-behind']?.()
  const found = [...chat.rung]
  await chat.runRung()
  await sweeps['sweep-behind']?.()
  expect([found, remote.shown(), chat.rung]).toEqual([
    [{ kind: 'deliver', link: `${aSession}:slack` }],
    ['opened', 'one'],
    [],
  ])
})
