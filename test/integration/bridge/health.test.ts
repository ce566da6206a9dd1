import { expect, it } from 'vitest'
import { type Failure, RemoteFailure } from '../../../src/bridge/port/failure.ts'
import { SessionId } from '../../../src/contract/ids.ts'
import { aBridgeFor, aSession } from '../../support/bridge.ts'
import { aRemote } from '../../support/remote.ts'

const sessions = ['a', 'b', 'c'].map((letter) => SessionId.parse(`ses_${letter.repeat(24)}`))
const by = { kind: 'admin', id: 'key', name: null } as const

/** A chat at a remote that fails like this. */
async function aFailing(failure: Failure, passed = 1_000) {
  const remote = aRemote()
  const chat = await aBridgeFor(remote)
  remote.goWrong(() => {
    throw new RemoteFailure(failure, 'how it failed', { code: 'its_word' })
  })
  await chat.say('one')
  await chat.pass(passed)
  return { chat, remote, health: chat.bridge.health, of: () => chat.bridge.health.of('slack') }
}

it.each<[string, Failure, number, object]>([
  ['works though a call failed', { kind: 'transient' }, 1_000, { kind: 'working' }],
  ['waits for a limit', { kind: 'limited', scope: 'destination', afterMs: 60_000 }, 100, { for: 'rate_limit' }],
  ['waits for an outage', { kind: 'transient' }, 600_000, { kind: 'waiting', for: 'outage' }],
  ['is stopped until somebody acts', { kind: 'halted' }, 1_000, { kind: 'stopped', reason: expect.any(String) }],
])('says that a destination %s', async (_, failure, passed, state) => {
  const { of } = await aFailing(failure, passed)
  expect(await of()).toMatchObject({
    state,
    behind: { chats: { count: 1, isMore: false }, events: 1 },
    lastFailures: [
      { class: failure.kind, code: 'its_word', text: 'how it failed', next: expect.stringMatching(/\.$/) },
    ],
  })
})

it('says what went through, and that nothing is behind', async () => {
  const remote = aRemote()
  const chat = await aBridgeFor(remote)
  await chat.say('one')
  await chat.runRung()
  expect(await chat.bridge.health.of('slack')).toEqual({
    name: 'slack',
    state: { kind: 'working' },
    places: [],
    behind: { chats: { count: 0, isMore: false }, events: 0, oldestSince: null },
    callsUnderWay: 0,
    stopped: { chats: { count: 0, isMore: false }, isolated: 0 },
    lastSuccessAt: new Date(chat.now()).toISOString(),
    lastHeardAt: null,
    lastFailures: [],
    budgets: [],
  })
})

it('lists the chats that wait, the longest first, page by page', async () => {
  const remote = aRemote()
  const chat = await aBridgeFor(remote)
  await chat.bridge.health.pause('slack', by, null)
  for (const session of sessions) {
    await chat.begin(session, 'shop', 'hello')
    await chat.bridge.settled()
    await chat.pass(1_000)
  }
  const page = (cursor?: string) =>
    chat.bridge.health.chats('slack', { state: 'behind', limit: 2, ...(cursor && { cursor }) })
  const first = await page()
  const second = await page(first.cursor ?? '')
  expect([first, second].map(({ chats }) => chats.map(({ sessionId }) => sessionId))).toEqual([
    sessions.slice(0, 2),
    sessions.slice(2),
  ])
  expect([first.chats[0], second.cursor]).toEqual([
    {
      sessionId: sessions[0],
      since: expect.any(String),
      events: 2,
      isCallUnderWay: false,
      nextTryAt: null,
      lastFailure: null,
      isolated: null,
    },
    null,
  ])
})

it('keeps a message that was refused in sight until somebody has looked, without a word of it', async () => {
  const remote = aRemote()
  const chat = await aBridgeFor(remote)
  remote.goWrong((_, call) => {
    if (String(call.body).includes('bad')) throw new RemoteFailure({ kind: 'refused' }, 'may not hold: bad')
  })
  await chat.say('one')
  await chat.say('bad')
  await chat.pass(10_000)
  const { health } = chat.bridge
  const stopped = async () => (await health.chats('slack', { state: 'stopped', limit: 50 })).chats
  const before = { ...(await health.of('slack')).stopped, chats: await stopped() }
  await health.retryChat('slack', aSession)
  await chat.pass(100_000)
  expect([before, await stopped(), JSON.stringify(await health.of('slack')).includes('bad')]).toEqual([
    {
      isolated: 1,
      chats: [expect.objectContaining({ sessionId: aSession, events: 0, isolated: { first: 2, last: 2, count: 1 } })],
    },
    [],
    false,
  ])
})

it('says since when it is stopped, however often it was tried since', async () => {
  const { chat, of } = await aFailing({ kind: 'halted' }, 300_000)
  const { state } = await of()
  const since = state.kind === 'stopped' ? Date.parse(state.since) : chat.now()
  expect(chat.now() - since).toBeGreaterThan(290_000)
})

it('pages over chats that waited before it was written down since when', async () => {
  const chat = await aBridgeFor(aRemote())
  await chat.bridge.health.pause('slack', by, null)
  for (const session of sessions) await chat.begin(session, 'shop', 'hello')
  await chat.bridge.settled()
  await chat.links.updateMany({}, { $unset: { 'outbound.behindSince': '' } })
  const page = (cursor?: string) =>
    chat.bridge.health.chats('slack', { state: 'behind', limit: 2, ...(cursor && { cursor }) })
  const first = await page()
  const second = await page(first.cursor ?? '')
  expect([first, second].map(({ chats }) => chats.map(({ sessionId }) => sessionId))).toEqual([
    sessions.slice(0, 2),
    sessions.slice(2),
  ])
})

it('tries again at once, on demand, what waits for its next try', async () => {
  const { chat, remote, health, of } = await aFailing({ kind: 'halted' }, 300_000)
  remote.behave()
  await health.retry('slack')
  await chat.bridge.run({ kind: 'deliver', link: `${aSession}:slack` })
  expect([remote.shown(), (await of()).state]).toEqual([['opened', 'one'], { kind: 'working' }])
})

it('names a channel with a trouble of its own, and the chat that it stops', async () => {
  const remote = aRemote({ place: 'C1' })
  const chat = await aBridgeFor(remote)
  remote.goWrong(() => {
    throw new RemoteFailure({ kind: 'halted', scope: 'link' }, 'the channel is archived')
  })
  await chat.say('one')
  await chat.pass(1_000)
  const { state, places, stopped } = await chat.bridge.health.of('slack')
  expect({ state, places, stopped }).toEqual({
    state: { kind: 'working' },
    places: [{ place: 'C1', since: expect.any(String), reason: expect.stringContaining('archived') }],
    stopped: { chats: { count: 1, isMore: false }, isolated: 0 },
  })
})

it.each([
  ['a destination', (chat: Awaited<ReturnType<typeof aBridgeFor>>) => chat.bridge.health.retry('slack')],
  ['a chat', (chat: Awaited<ReturnType<typeof aBridgeFor>>) => chat.bridge.health.retryChat('slack', aSession)],
])('does not try %s again that an administrator has paused', async (_, retry) => {
  const chat = await aBridgeFor(aRemote())
  await chat.say('one')
  await chat.bridge.health.pause('slack', by, null)
  await expect(retry(chat)).rejects.toMatchObject({ code: 'connector_paused' })
})
