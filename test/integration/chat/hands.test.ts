import { afterAll, beforeAll, expect, it } from 'vitest'
import { aDesk, type Desk } from '../../support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await aDesk({ strategy: 'manual', answerWithin: null })
})
afterAll(() => desk.close())

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 20_000, interval: 50 })
type Answer = { status: number; body: { seq?: number; error?: { code: string } } }
const said = ({ status, body }: Answer) => body.error?.code ?? status
const handed = async (session: string) =>
  (await desk.chat.events(session)).filter(({ key }) => key.startsWith('auto:handed:'))

it('gives a chat to one of all who take it at once, and answers their retries alike', async () => {
  const team = await Promise.all(['A', 'B', 'C', 'D'].map((name) => desk.agent(name)))
  const { sessionId } = await desk.visitor()
  const first = await Promise.all([...team, ...team].map(({ act }) => act('take', sessionId)))
  const winner = await desk.assignee(sessionId)
  expect({
    taken: [...new Set(first.filter(({ status }) => status === 200).map(({ body }) => body.seq))],
    refused: [...new Set(first.filter(({ status }) => status !== 200).map(said))],
    events: (await handed(sessionId)).map(({ type }) => type),
    places: (await Promise.all(team.map(async ({ id, places }) => (id === winner ? [] : places())))).flat(),
  }).toEqual({ taken: [3], refused: ['already_assigned'], events: ['assigned'], places: [] })
})

it('refuses a take beyond the capacity and one of somebody offline; a supervisor may take what is another’s', async () => {
  const bo = await desk.agent('Bo', { capacity: 1 })
  const gone = await desk.agent('Gone', { status: 'offline' })
  const sue = await desk.agent('Sue', { role: 'supervisor', capacity: 0 })
  const [one, two] = [await desk.visitor(), await desk.visitor()]
  const answers = [
    await bo.act('take', one.sessionId),
    await bo.act('take', two.sessionId),
    await gone.act('take', two.sessionId),
    await sue.act('take', one.sessionId),
  ].map(said)
  await poll(() => bo.places()).toEqual([])
  expect([answers, await desk.assignee(one.sessionId), await sue.places()]).toEqual([
    [200, 'agent_full', 'agent_offline', 200],
    sue.id,
    [one.sessionId],
  ])
})

it('gives a released chat back to the queue with its waiting time, and only by who has it', async () => {
  const [bo, cy] = [await desk.agent('Bo'), await desk.agent('Cy')]
  const { sessionId } = await desk.visitor()
  await bo.act('take', sessionId)
  const answers = [
    await cy.act('release', sessionId),
    await bo.act('release', sessionId),
    await bo.act('release', sessionId),
  ].map(said)
  await poll(() => bo.places()).toEqual([])
  const state = await desk.state(sessionId)
  const [, message] = await desk.chat.events(sessionId)
  expect([answers, state?.status, state?.waitingSince, state?.passedBy]).toEqual([
    ['not_assigned', 200, 200],
    'queued',
    message?.at,
    [bo.id],
  ])
})

it('transfers to an agent who has a place before the other’s is freed, with a note that the visitor never sees', async () => {
  const [bo, cy, full] = [await desk.agent('Bo'), await desk.agent('Cy'), await desk.agent('Full', { capacity: 0 })]
  const away = await desk.agent('Gone', { status: 'offline' })
  const elsewhere = await desk.agent('Else', { inboxes: ['other'] })
  const { sessionId, token } = await desk.visitor()
  await bo.act('take', sessionId)
  const to = (agent: string) => ({ to: { agent }, note: 'SECRET wants a refund' })
  const answers = [
    await cy.act('transfer', sessionId, to(cy.id)),
    await bo.act('transfer', sessionId, to(full.id)),
    await bo.act('transfer', sessionId, to(away.id)),
    await bo.act('transfer', sessionId, to(elsewhere.id)),
    await bo.act('transfer', sessionId, to(`agt_${'0'.repeat(24)}`)),
    await bo.act('transfer', sessionId, to(cy.id)),
    await bo.act('transfer', sessionId, to(cy.id)),
  ].map(said)
  await poll(() => bo.places()).toEqual([])
  const seen = desk.chat.connect(token)
  await seen.ask('join_chat', { sessionId, afterSeq: 0 })
  await poll(() => seen.frames().length).toBe((await desk.chat.events(sessionId)).length)
  expect({
    answers,
    places: [await cy.places(), await full.places()],
    last: (await handed(sessionId)).at(-1)?.body,
    leaked: JSON.stringify(seen.shown).includes('SECRET'),
  }).toEqual({
    answers: ['already_assigned', 'agent_full', 'agent_offline', 'invalid_input', 'not_found', 200, 200],
    places: [[sessionId], []],
    last: { to: { kind: 'agent', agent: { id: cy.id, name: 'Cy' } }, note: 'SECRET wants a refund' },
    leaked: false,
  })
})

it('takes a chat from who leaves it, but none from a supervisor’s colleague', async () => {
  const [bo, sue] = [await desk.agent('Bo'), await desk.agent('Sue', { role: 'supervisor' })]
  const { sessionId } = await desk.visitor()
  const [client, supervisor] = [desk.chat.connect(bo.token), desk.chat.connect(sue.token)]
  for (const one of [client, supervisor]) await one.ask('agent_join', { sessionId })
  const taken = await client.ask('take_chat', { sessionId })
  await supervisor.ask('agent_leave', { sessionId })
  const before = await desk.assignee(sessionId)
  await client.ask('agent_leave', { sessionId })
  expect([taken.ok, before, await desk.assignee(sessionId)]).toEqual([true, bo.id, null])
})

it('opens a closed chat again, once, into the queue', async () => {
  const bo = await desk.agent('Bo')
  const { sessionId } = await desk.visitor()
  await bo.act('close', sessionId)
  const answers = await Promise.all([1, 2, 3].map(() => bo.act('reopen', sessionId)))
  const types = (await desk.chat.events(sessionId)).map(({ type }) => type)
  expect([answers.map(({ body }) => body.seq), types.slice(2), (await desk.state(sessionId))?.status]).toEqual([
    [4, 4, 4],
    ['session_closed', 'session_reopened'],
    'queued',
  ])
})

it('lets no visitor and nobody of another inbox change whose a chat is', async () => {
  const bo = await desk.agent('Bo', { inboxes: ['other'] })
  const { sessionId, token } = await desk.visitor()
  const ask = (what: string, key: string) =>
    desk.chat.call('POST', `/api/chat/sessions/${sessionId}/${what}`, { token: key, body: {} })
  const answers = await Promise.all(
    ['take', 'release', 'transfer', 'reopen'].flatMap((what) => [ask(what, token), ask(what, bo.token)]),
  )
  expect(answers.map(said)).toEqual(Array(4).fill(['forbidden', 'not_found']).flat())
})
