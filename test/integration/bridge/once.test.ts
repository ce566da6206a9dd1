import { expect, it } from 'vitest'
import { RemoteFailure } from '../../../src/bridge/port/failure.ts'
import { aBridgeFor, aSession } from '../../support/bridge.ts'
import { aRemote, type FakeRemote, type Mishap } from '../../support/remote.ts'

const never = () => new Promise<void>(() => {})
type Moment = Parameters<Mishap>[0]

it.each(['before', 'after'] as const)('a worker that dies %s the effect of a call leaves one copy', async (moment) => {
  for (const victim of ['opened', 'one']) {
    const remote = aRemote()
    const chat = await aBridgeFor(remote)
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
  chat: Awaited<ReturnType<typeof aBridgeFor>>,
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
  const chat = await aBridgeFor(remote)
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
    const chat = await aBridgeFor(remote)
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
  const chat = await aBridgeFor(remote)
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
  const chat = await aBridgeFor(remote)
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
  const chat = await aBridgeFor(remote)
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
  const chat = await aBridgeFor(remote)
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
