import { expect, it } from 'vitest'
import { RemoteFailure } from '../../../src/bridge/port/failure.ts'
import { aBridgeFor, anAgent, aSession } from '../../support/bridge.ts'
import { aRemote } from '../../support/remote.ts'

it('opens a thread and brings the messages in order, joined where they waited together', async () => {
  const remote = aRemote()
  const chat = await aBridgeFor(remote)
  await chat.say('one')
  await chat.say('two')
  await chat.runRung()
  await chat.say('three')
  await chat.runRung()
  expect(remote.posts.map((post) => post.lines)).toEqual([['opened'], ['one', 'two'], ['three']])
})

it('has the chat say where it stands, once for each thread, and makes up for it when that fails', async () => {
  const remote = aRemote({ urlOf: (thread) => `https://remote.example/${thread}` })
  const chat = await aBridgeFor(remote)
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
  const chat = await aBridgeFor(remote)
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
  const chat = await aBridgeFor(remote)
  await chat.say('once')
  const other = chat.another('other')
  const work = { kind: 'deliver' as const, link: `${aSession}:slack` }
  await Promise.all([chat.bridge.run(work), other.run(work), chat.bridge.run(work), other.run(work)])
  expect(remote.shown()).toEqual(['opened', 'once'])
})

it('keeps the place of a message that the remote refuses and goes on', async () => {
  const remote = aRemote()
  const chat = await aBridgeFor(remote)
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
  const chat = await aBridgeFor(remote)
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
  const chat = await aBridgeFor(remote)
  remote.goWrong(() => {
    throw new RemoteFailure({ kind: 'halted', scope: 'link' }, 'the channel is archived')
  })
  await chat.say('one')
  await chat.pass(300_000)
  const places = async () => (await chat.destinations()).filter((one) => String(one._id) === 'slack C1')
  const during = await places()
  remote.behave()
  await chat.pass(120_000)
  const told = chat.logged.filter((line) => line.msg.includes('administrator')).length
  expect({ told, during, after: await places(), shown: remote.shown() }).toEqual({
    told: 1,
    during: [{ _id: 'slack C1', pausedUntil: 0, halted: expect.objectContaining({ since: expect.any(Date) }) }],
    after: [{ _id: 'slack C1', pausedUntil: 0, halted: null }],
    shown: ['opened', 'one'],
  })
})

it('spaces calls as the budget allows and lets later messages ride along', async () => {
  const remote = aRemote({ budgets: [{ key: `post:${Math.random()}`, limit: 3, windowMs: 2_000, burst: 2 }] })
  const chat = await aBridgeFor(remote)
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
  const chat = await aBridgeFor(remote)
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
  const chat = await aBridgeFor(remote)
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
