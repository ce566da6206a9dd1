import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import type { Agent } from '../../../src/chat/agents/agents.ts'
import type { LogEvent } from '../../../src/contract/event.ts'
import { Inbox } from '../../../src/contract/inbox.ts'
import { adminKey } from '../../support/chat.ts'
import { aFleet } from '../../support/fleet.ts'
import { mostAtOnce, paceOf, servedTooEarly, storyOf } from '../../support/hands-oracle.ts'

const arrivals = Number(process.env.DESKBRIDGE_RACE_ARRIVALS ?? 500)
/** Repeats what everybody chooses to do, not how fast they are. */
const seed = Number(process.env.DESKBRIDGE_RACE_SEED ?? Date.now() % 2 ** 31)
/** A place that a killed process left is made use of after `append`, with the next sweep. */
const slackMs = 3_000
/** Of the test, for a slow store; what the service itself times is longer. */
const patience = 600_000

const ended: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end().catch(console.error)
})

/** Numbers from a seed (mulberry32). */
function dice(from: number) {
  let state = from
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return { next, below, one: <T>(all: readonly T[]): T => all[below(all.length)] as T }
}

type Dice = ReturnType<typeof dice>

/** Does something again and again until it is told to stop, or until it fails. */
function again(everyMs: number, task: () => Promise<unknown>) {
  const stopping = new AbortController()
  const run = (async () => {
    while (!stopping.signal.aborted) {
      await task()
      await wait(everyMs)
    }
  })()
  run.catch(() => {})
  const stop = () => {
    stopping.abort()
    return run
  }
  ended.push(stop)
  return stop
}

async function aRace() {
  const assignment = { strategy: 'round_robin', answerWithin: null, lastAgentFirst: false }
  const fleet = await aFleet(3, {
    limits: { agentOfflineAfter: patience * 10, agentAwayAfter: patience * 10 },
    times: { sweepSessions: 500, append: 1_000, sweepRecent: [{ every: 500, window: patience }] },
    config: {
      inboxes: [Inbox.parse({ key: 'default', name: 'Everyone', allowedOrigins: ['*'], assignment })],
      agents: [],
    },
  })
  ended.push(fleet.stop)
  const agents = fleet.connection.collection<Agent>('agents')
  const events = fleet.connection.collection<LogEvent>('events')
  const { below } = dice(seed)

  const colleague = async (index: number) => {
    const about = { name: `A${index}`, email: `a${index}@example.com`, capacity: 1 + below(4) }
    const { body: made } = await fleet.call('POST', '/api/admin/agents', adminKey, about, index)
    const { body } = await fleet.call('POST', `/api/admin/agents/${made.id}/token`, adminKey, {}, index)
    const become = (status: Agent['status'], on: number) =>
      fleet.call('PUT', '/api/chat/agents/me/status', body.token, { status }, on)
    const act = (what: string, session: string, on: number, more: object = {}) =>
      fleet.call('POST', `/api/chat/sessions/${session}/${what}`, body.token, more, on)
    await become('online', index)
    return { id: made.id as Agent['_id'], capacity: about.capacity, become, act }
  }
  const team = await Promise.all(Array.from({ length: 12 }, (_, index) => colleague(index)))

  const arrive = async (index: number) => {
    const { body } = await fleet.call('POST', '/api/chat/sessions', undefined, { name: `V${index}` }, index)
    const message = { content: 'hello', clientMessageId: `arrival-${index}` }
    const path = `/api/chat/sessions/${body.sessionId}/messages`
    const { status } = await fleet.call('POST', path, body.token, message, index + 1)
    if (status >= 300) throw new Error(`arrival ${index} was answered with ${status}`)
  }

  const placesTaken = async () =>
    (await agents.find({ 'reserved.0': { $exists: true } }).toArray()).flatMap(({ _id, reserved }) =>
      reserved.map(({ session }) => ({ session, who: team.find(({ id }) => id === _id) })),
    )

  /** Somebody does something with a chat that is theirs, or is just becoming so. Much of it comes too late. */
  const act = async ({ next, below, one }: Dice) => {
    const [chance, pick, on] = [next(), below(1_000), below(3)]
    const places = await placesTaken()
    const place = places[pick % places.length]
    if (!place?.who) return
    const { who, session } = place
    if (chance < 0.08) return who.act('release', session, on)
    if (chance < 0.16) return who.act('transfer', session, on, { to: { agent: one(team).id } })
    if (chance < 0.2) return one(team).act('take', session, on)
    const wasServed = await events.findOne({ session, type: 'assigned' })
    if (!wasServed) return
    if (chance < 0.28) return Promise.all([who.act('release', session, on), who.act('close', session, on + 1)])
    return who.act('close', session, on)
  }

  const comeAndGo = ({ one, below }: Dice) =>
    one(team).become(one(['online', 'online', 'online', 'offline', 'busy', 'away'] as const), below(3))

  return { fleet, team, agents, events, arrive, act, comeAndGo }
}

type Race = Awaited<ReturnType<typeof aRace>>

/** All arrive, twelve at a time; halfway one process is killed and another started. */
async function allArrive({ fleet, arrive }: Race, killed: number) {
  const coming = Array.from({ length: arrivals }, (_, index) => index)
  const door = async () => {
    for (let index = coming.shift(); index !== undefined; index = coming.shift()) await arrive(index)
  }
  const murder = async () => {
    await expect.poll(() => coming.length, { timeout: patience, interval: 20 }).toBeLessThan(arrivals / 2)
    fleet.kill(killed)
    await fleet.start()
  }
  await Promise.all([murder(), ...Array.from({ length: 12 }, door)])
}

/** All are served and closed while agents come and go. Answers who had more places than their capacity, whenever looked at. */
async function runRace(race: Race): Promise<Set<string>> {
  const { team, agents, events, act, comeAndGo } = race
  const overfull = new Set<string>()
  const stopLooking = again(20, async () => {
    for (const { _id, reserved, capacity } of await agents.find().toArray())
      if (reserved.length > capacity) overfull.add(_id)
  })
  const stopActing = Array.from({ length: 12 }, (_, index) => dice(seed + 1 + index)).map((d) => again(5, () => act(d)))
  const going = dice(seed + 100)
  const stopGoing = again(150, () => comeAndGo(going))
  await allArrive(race, dice(seed + 200).below(3))
  await stopGoing()
  await Promise.all(team.map(({ become }, index) => become('online', index)))

  const closed = () => events.countDocuments({ type: 'session_closed' })
  await expect.poll(closed, { timeout: patience, interval: 200 }).toBe(arrivals)
  for (const stop of stopActing) await stop()
  const left = async () => (await agents.find().toArray()).flatMap(({ reserved }) => reserved)
  await expect.poll(left, { timeout: 60_000 }).toEqual([])
  await stopLooking()
  return overfull
}

/** What the logs say, of the chats in which somebody said something. */
async function storiesOf({ events }: Race) {
  const logs = new Map<string, LogEvent[]>()
  for (const event of await events.find().sort({ session: 1, seq: 1 }).toArray())
    logs.set(event.session, [...(logs.get(event.session) ?? []), event])
  return [...logs.values()].filter((log) => log.some(({ type }) => type === 'message')).map(storyOf)
}

it(`gives ${arrivals} arrivals on three processes to agents who come and go: within every capacity, to one at a time, oldest first`, async () => {
  console.log(`DESKBRIDGE_RACE_SEED=${seed}`)
  const race = await aRace()
  const overfull = await runRace(race)

  const stories = await storiesOf(race)
  const waited = stories.flatMap((story) => story.waited)
  const most = mostAtOnce(stories.flatMap(({ owned }) => owned))
  console.log(paceOf(waited))
  expect({
    chats: stories.length,
    unserved: stories.filter(({ owned }) => owned.length === 0).length,
    wrong: stories.flatMap(({ wrong }) => wrong),
    beyond: race.team.filter(({ id, capacity }) => (most.get(id) ?? 0) > capacity).map(({ id }) => id),
    overfull: [...overfull],
    early: servedTooEarly(waited, slackMs).slice(0, 10),
  }).toEqual({ chats: arrivals, unserved: 0, wrong: [], beyond: [], overfull: [], early: [] })
}, 1_200_000)
