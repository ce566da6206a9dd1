import { expect, it } from 'vitest'
import { RemoteFailure } from '../../../src/bridge/port/failure.ts'
import { aBridgeFor, aSession } from '../../support/bridge.ts'
import { aRemote, type FakeRemote } from '../../support/remote.ts'

const by = { kind: 'agent', id: 'agt_1', name: 'Ada' } as const
/** For so long a process may go by what it has read. ms */
const seen = 1_001
const lease = 30_000

/** A chat with a thread, whose destination an administrator has paused; sweeps run with the time. */
async function aPausedChat(remote: FakeRemote = aRemote()) {
  const chat = await aBridgeFor(remote)
  const sweeps: Record<string, () => Promise<unknown>> = {}
  chat.bridge.startSweeps((name, _every, task) => {
    sweeps[name] = task
    return { stop: async () => {} }
  })
  await chat.say('before')
  await chat.runRung()
  await chat.bridge.health.pause('slack', by, 'the channel moves')
  await chat.pass(seen)
  return {
    chat,
    remote,
    sweep: async () => {
      await sweeps['sweep-behind']?.()
      await chat.runRung()
    },
    nextAt: async () => (await chat.link())?.outbound.nextAt,
  }
}

it('makes no call while it is paused, and brings all in order, once, when it is resumed', async () => {
  const { chat, remote, sweep } = await aPausedChat()
  const calls = remote.calls.length
  for (const text of ['one', 'two', 'three']) {
    await chat.say(text)
    await chat.pass(600_000)
    await sweep()
  }
  const during = { calls: remote.calls.length - calls, ...(await chat.bridge.health.of('slack')) }
  await chat.bridge.health.resume('slack')
  await chat.pass(seen)
  await sweep()
  expect({ during, shown: remote.shown(), after: (await chat.bridge.health.of('slack')).state }).toEqual({
    during: expect.objectContaining({
      calls: 0,
      state: { kind: 'paused', by, since: expect.any(String), reason: 'the channel moves' },
      behind: { chats: { count: 1, isMore: false }, events: 3, oldestSince: expect.any(String) },
    }),
    shown: ['opened', 'before', 'one', 'two', 'three'],
    after: { kind: 'working' },
  })
})

it('costs nothing while it is paused: nothing wakes what waits, and no sweep rings for it', async () => {
  const { chat, sweep, nextAt } = await aPausedChat()
  await chat.say('one')
  await chat.runRung()
  await sweep()
  expect({ woken: chat.woken, rung: chat.rung, nextAt: await nextAt() }).toEqual({
    woken: [],
    rung: [],
    nextAt: Number.MAX_SAFE_INTEGER,
  })
})

it('finds what a worker put aside that saw the pause a moment longer than it lasted', async () => {
  const { chat, remote, sweep } = await aPausedChat()
  await chat.say('one')
  await chat.bridge.health.resume('slack')
  const late = { 'outbound.nextAt': Number.MAX_SAFE_INTEGER, 'outbound.behind': true }
  await chat.links.updateOne({ _id: `${aSession}:slack` }, { $set: late })
  await chat.pass(seen)
  await sweep()
  expect(remote.shown()).toEqual(['opened', 'before', 'one'])
})

it('looks up a call that was under way when it was paused, before it makes another', async () => {
  const { chat, remote, sweep } = await aPausedChat()
  await chat.bridge.health.resume('slack')
  await chat.pass(seen)
  remote.goWrong((when) => {
    if (when === 'after') throw new RemoteFailure({ kind: 'ambiguous' }, 'no answer')
  })
  await chat.say('one')
  await chat.runRung()
  remote.behave()
  await chat.bridge.health.pause('slack', by, null)
  await chat.pass(lease)
  await chat.say('two')
  await chat.pass(lease)
  const during = remote.shown()
  await chat.bridge.health.resume('slack')
  await chat.pass(seen)
  await sweep()
  expect([during, remote.shown()]).toEqual([
    ['opened', 'before', 'one'],
    ['opened', 'before', 'one', 'two'],
  ])
})

it('makes no call that was being prepared when it was paused', async () => {
  const remote = aRemote()
  const next = remote.connector.next
  const chat = await aBridgeFor(remote)
  remote.connector.next = async (...asked) => {
    await chat.bridge.health.pause('slack', by, null)
    return next(...asked)
  }
  await chat.say('one')
  await chat.runRung()
  expect([remote.calls, (await chat.link())?.outbound.inflight]).toEqual([[], null])
})

it('takes in what people write there while it is paused', async () => {
  const { chat, remote } = await aPausedChat()
  await chat.pushed(remote.write(remote.posts[0]?.thread ?? '', 'bo', 'I am here'))
  expect(chat.posted).toEqual(['I am here'])
})

it('keeps the pause over the work of another process, and holds up no other destination', async () => {
  const zendesk = aRemote({ name: 'zendesk' })
  const slack = aRemote()
  const chat = await aBridgeFor(slack, zendesk)
  await chat.bridge.health.pause('slack', by, null)
  const other = chat.another('other')
  await chat.say('one')
  await chat.runRung(other)
  expect([slack.shown(), zendesk.shown()]).toEqual([[], ['opened', 'one']])
})
