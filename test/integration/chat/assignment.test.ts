import { afterEach, expect, it } from 'vitest'
import { aDesk, type Desk } from '../../support/desk.ts'

const open: Desk[] = []
afterEach(async () => {
  for (const desk of open.splice(0)) await desk.close()
})
const desk = async (...options: Parameters<typeof aDesk>) => {
  const made = await aDesk(...options)
  open.push(made)
  return made
}

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 20_000, interval: 50 })

it('gives a chat to nobody before the visitor has said a word, and then to who is online', async () => {
  const { chat, agent, assignee, state } = await desk()
  const bo = await agent('Bo')
  await agent('Cy', { status: 'away' })
  const { sessionId, token } = await chat.session()
  const before = await state(sessionId)
  await chat.say(sessionId, token, 'hello')
  await poll(() => assignee(sessionId)).toBe(bo.id)
  const log = await chat.events(sessionId)
  expect({
    before: [before?.status, before?.waitingSince],
    log: log.map(({ type, actor }) => [type, actor.kind]),
    places: await bo.places(),
  }).toEqual({
    before: ['queued', null],
    log: [
      ['session_started', 'visitor'],
      ['message', 'visitor'],
      ['assigned', 'system'],
    ],
    places: [sessionId],
  })
})

it('gives chats in turn over several nodes', async () => {
  const { agent, assignee, visitor } = await desk({ strategy: 'round_robin' }, { nodes: 3 })
  const team = [
    await agent('A', { capacity: 50 }),
    await agent('B', { capacity: 50 }),
    await agent('C', { capacity: 50 }),
  ]
  const sessions = await Promise.all(Array.from({ length: 30 }, (_, index) => visitor('hello', { on: index % 3 })))
  for (const { sessionId } of sessions) await poll(() => assignee(sessionId)).not.toBe(null)
  expect((await Promise.all(team.map(({ places }) => places()))).map(({ length }) => length)).toEqual([10, 10, 10])
})

it('gives a freed place to whoever has waited longest', async () => {
  const { chat, agent, assignee, visitor } = await desk()
  const bo = await agent('Bo', { capacity: 1 })
  const { sessionId: first } = await visitor()
  await poll(() => assignee(first)).toBe(bo.id)
  const waiting = [await visitor(), await visitor(), await visitor()].map(({ sessionId }) => sessionId)
  const served: string[] = []
  for (let held = first; served.length < 3; held = served.at(-1) ?? '') {
    await bo.act('close', held)
    await poll(async () => (await bo.places()).filter((session) => session !== held).length).toBe(1)
    served.push(...(await bo.places()))
  }
  await poll(async () => (await chat.events(served[2] ?? '')).map(({ type }) => type)).toEqual([
    'session_started',
    'message',
    'assigned',
  ])
  expect(served).toEqual(waiting)
})

it('asks the agent first who had the visitor last, in an earlier chat as well', async () => {
  const { chat, agent, assignee, visitor } = await desk({ strategy: 'priority' })
  const bo = await agent('Bo', { priority: 1 })
  const { sessionId, token } = await visitor()
  await poll(() => assignee(sessionId)).toBe(bo.id)
  await bo.act('close', sessionId)
  const best = await agent('Best', { priority: 9 })
  const stranger = await visitor()
  await chat.node().log.projected()
  const again = await visitor('me again', { token })
  await poll(async () => [await assignee(stranger.sessionId), await assignee(again.sessionId)]).toEqual([
    best.id,
    bo.id,
  ])
  expect((await chat.events(again.sessionId)).at(-1)?.body).toEqual({
    agent: { id: bo.id, name: 'Bo' },
    reason: 'last_agent',
  })
})

it('lets a chat wait for somebody who knows what it is about', async () => {
  const { agent, assignee, visitor, chat } = await desk({ strategy: 'skill_based', skills: ['french'] })
  await agent('Bo')
  const { sessionId } = await visitor()
  const late = await agent('Lea', { skills: ['french'], status: 'offline' })
  await poll(
    async () =>
      (await chat
        .node()
        .connection.collection('turns')
        .countDocuments({ _id: 'assignment' as never })) > 0,
  ).toBe(true)
  const before = await assignee(sessionId)
  await late.become({ status: 'online' })
  await poll(() => assignee(sessionId)).toBe(late.id)
  expect(before).toBe(null)
})

it('takes a chat from who does not answer, keeps its place, and asks them last', async () => {
  let ahead = 0
  const now = () => Date.now() + ahead
  const { chat, agent, assignee, state, visitor } = await desk({ strategy: 'priority', answerWithin: 60_000 }, { now })
  const bo = await agent('Bo', { priority: 9 })
  const cy = await agent('Cy')
  const { sessionId, token } = await visitor()
  await poll(() => assignee(sessionId)).toBe(bo.id)
  ahead = 60_000
  await poll(() => assignee(sessionId)).toBe(cy.id)
  const moved = await state(sessionId)
  await chat.say(sessionId, cy.token, 'here I am')
  await chat.say(sessionId, token, 'at last')
  const log = await chat.events(sessionId)
  expect({
    handed: log.slice(2, 5).map(({ type, body }) => [type, 'reason' in body && body.reason]),
    kept: moved?.waitingSince,
    passedBy: [moved?.passedBy, (await state(sessionId))?.passedBy],
    places: [await bo.places(), await cy.places()],
  }).toEqual({
    handed: [
      ['assigned', 'routing'],
      ['unassigned', 'no_answer'],
      ['assigned', 'routing'],
    ],
    kept: log[1]?.at,
    passedBy: [[bo.id], []],
    places: [[], [sessionId]],
  })
})

it('leaves a chat with who does not answer while there is nobody else to ask', async () => {
  const { agent, assignee, visitor } = await desk({ answerWithin: 1_000 })
  const bo = await agent('Bo', { teams: ['returns'] })
  const [alone, other] = [await visitor(), await visitor()]
  await poll(async () => (await bo.places()).length).toBe(2)
  const supervisor = await agent('Sue', { role: 'supervisor', capacity: 0 })
  await supervisor.act('transfer', alone.sessionId, { to: { team: 'returns' } })
  await poll(() => assignee(alone.sessionId)).toBe(bo.id)
  const cy = await agent('Cy')
  await poll(() => assignee(other.sessionId)).toBe(cy.id)
  expect(await assignee(alone.sessionId)).toBe(bo.id)
})

it('brings the chats of an agent who went offline back into the queue, in the order of their waiting', async () => {
  const { agent, assignee, visitor, state } = await desk()
  const bo = await agent('Bo')
  const sessions = [await visitor(), await visitor()].map(({ sessionId }) => sessionId)
  await poll(async () => (await bo.places()).length).toBe(2)
  await bo.become({ status: 'offline' })
  await poll(async () => (await bo.places()).length).toBe(0)
  const returned = await Promise.all(sessions.map(state))
  const cy = await agent('Cy', { capacity: 1 })
  await poll(() => assignee(sessions[0] ?? '')).toBe(cy.id)
  expect({
    returned: returned.map((one) => [one?.status, one?.assignee, one?.lastAssignee]),
    second: await assignee(sessions[1] ?? ''),
  }).toEqual({ returned: Array(2).fill(['queued', null, bo.id]), second: null })
})

it('gives a chat to who answers it, once they have room; the answer goes through all the same', async () => {
  const { chat, agent, assignee, visitor } = await desk({ strategy: 'manual' })
  const bo = await agent('Bo', { capacity: 1 })
  const [first, second] = [await visitor(), await visitor()]
  await chat.say(first.sessionId, bo.token, 'mine')
  await poll(() => assignee(first.sessionId)).toBe(bo.id)
  await chat.say(second.sessionId, bo.token, 'answered while full')
  const whileFull = await assignee(second.sessionId)
  await bo.act('close', first.sessionId)
  await poll(async () => (await bo.places()).some((one) => one === first.sessionId)).toBe(false)
  await chat.say(second.sessionId, bo.token, 'answered with room')
  await poll(() => assignee(second.sessionId)).toBe(bo.id)
  const log = (await chat.events(second.sessionId)).map(({ type, actor }) => `${type} ${actor.kind}`)
  // Whether the first answer is looked at before or after there is room is nobody's promise.
  expect([whileFull, log.toSorted()]).toEqual([
    null,
    ['assigned agent', 'message agent', 'message agent', 'message visitor', 'session_started visitor'],
  ])
})

it('frees what nobody holds and counts what is not counted, whatever was lost', async () => {
  const { agent, assignee, visitor } = await desk()
  const bo = await agent('Bo')
  const { sessionId } = await visitor()
  await poll(() => assignee(sessionId)).toBe(bo.id)
  const closed = await visitor()
  await poll(() => assignee(closed.sessionId)).toBe(bo.id)
  const { reserved } = await bo.read()
  await bo.act('close', closed.sessionId)
  await poll(async () => (await bo.places()).length).toBe(1)
  await bo.become({ reserved: reserved.filter(({ session }) => session === closed.sessionId) })
  await poll(() => bo.places()).toEqual([sessionId])
  expect(await bo.read()).toMatchObject({ reserved: [{ session: sessionId, after: 1 }] })
})
