import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { afterEach, expect, it } from 'vitest'
import { faultsAt, inThread, inTicket, logOf, noFaults } from '../support/oracle.ts'
import { aRandom } from '../support/random.ts'
import { aWidget } from '../support/widget.ts'
import { aWorld, type World } from '../support/world.ts'

/** Settle times, leases, locks and the sandbox's limits, all shortened alike; 1 in the long run. */
const factor = Number(process.env.DESKBRIDGE_TEST_FACTOR ?? 0.1)
const patience = { timeout: 60_000 + 600_000 * factor, interval: 200 }

const worlds: World[] = []
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})

const arrange = async (options: Parameters<typeof aWorld>[0] = {}) => {
  const world = await aWorld({ factor, ...options })
  worlds.push(world)
  return world
}

const numbered = (letter: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${letter}-${String(index).padStart(3, '0')}`)

it('brings 200 messages from both sides everywhere once, through three kills and an emptied Redis', async () => {
  const seed = Number(process.env.DESKBRIDGE_TEST_SEED ?? Math.floor(Math.random() * 1e9))
  console.log(`seed ${seed}`)
  const random = aRandom(seed).next
  const world = await arrange()
  const widget = aWidget(world.url)
  const byVisitor = numbered('v', 100)
  const inSlack = numbered('s', 60)
  const inZendesk = numbered('z', 40)
  widget.send(`Hello, ${byVisitor[0]}`)
  await expect.poll(() => widget.state().sessionId, patience).not.toBeNull()
  const session = widget.state().sessionId ?? ''
  await expect.poll(async () => (await world.thread(session))?.replies.length, patience).toBeGreaterThan(0)
  await expect.poll(async () => (await world.tickets(session)).length, patience).toBe(1)
  const root = (await world.thread(session))?.root.ts ?? ''
  const ticket = (await world.tickets(session))[0]?.id ?? 0

  const pace = () => wait(random() * 160)
  const visitor = async () => {
    for (const text of byVisitor.slice(1)) {
      widget.send(`message ${text}`)
      await pace()
    }
  }
  const slackAgent = async () => {
    for (const text of inSlack) {
      await world.replyInSlack(root, `answer ${text}`)
      await pace()
    }
  }
  const zendeskAgent = async () => {
    for (const text of inZendesk) {
      await world.commentInZendesk(ticket, `comment ${text}`)
      await pace()
    }
  }
  const accidents = async () => {
    for (const accident of ['kill', 'flush', 'kill', 'kill'] as const) {
      await wait(500 + random() * 1_500)
      if (accident === 'kill') {
        await world.kill()
        await wait(random() * 500)
        await world.start()
      } else {
        const redis = new Redis(world.stores.redisUrl)
        await redis.flushall()
        redis.disconnect()
      }
    }
  }
  await Promise.all([visitor(), slackAgent(), zendeskAgent(), accidents()])

  const written = [...byVisitor, ...inSlack, ...inZendesk]
  const look = async () => {
    const log = await logOf(world.stores.mongodbUrl, session)
    const thread = await world.thread(session)
    const shown = widget.state().conversation.messages.map((message) => message.content)
    const places = {
      log: { name: 'log', all: log, ours: log },
      widget: {
        name: 'widget',
        all: shown.flatMap((text) => text.match(/[vsz]-\d{3}/g) ?? []),
        ours: shown.flatMap((text) => text.match(/[vsz]-\d{3}/g) ?? []),
      },
      thread: inThread(thread ? thread.replies : []),
      ticket: inTicket((await world.tickets(session))[0]),
    }
    return Object.fromEntries(Object.entries(places).map(([name, place]) => [name, faultsAt(place, log, written)]))
  }
  await expect.poll(look, patience).toEqual({ log: noFaults, widget: noFaults, thread: noFaults, ticket: noFaults })
  expect([(await world.threads(session)).length, (await world.tickets(session)).length]).toEqual([1, 1])
  widget.stop()
})

/** Calls of every kind under way at once: a new chat's root and ticket, an older chat's reply and comment. */
async function fourCallsHeld(world: World, kind: 'hold_before' | 'hold_after') {
  const older = await world.visitor()
  await older.send('v-000')
  await expect.poll(async () => (await world.thread(older.sessionId))?.replies.length, patience).toBe(1)
  await expect.poll(async () => (await world.tickets(older.sessionId)).length, patience).toBe(1)
  const newer = await world.visitor()
  await world.faults('slack', [
    { id: 'root', kind, match: { method: 'chat.postMessage', text: 'Chat with' } },
    { id: 'reply', kind, match: { method: 'chat.postMessage', text: 'v-001' } },
  ])
  await world.faults('zendesk', [
    { id: 'ticket', kind, match: { method: 'POST /api/v2/tickets' } },
    { id: 'comment', kind, match: { method: 'PUT /api/v2/tickets/:id' } },
  ])
  await older.send('v-001')
  await newer.send('v-002')
  await expect.poll(() => world.heldBy('slack'), patience).toBe(2)
  await expect.poll(() => world.heldBy('zendesk'), patience).toBe(2)
  return { older, newer }
}

it.each([
  ['before', 'hold_before', 'drop'],
  ['during', 'hold_before', 'go_on'],
  ['after', 'hold_after', 'drop'],
] as const)(
  'a kill %s a thread root, a ticket, a reply and a comment leaves each of them once',
  async (_when, kind, how) => {
    const world = await arrange()
    const { older, newer } = await fourCallsHeld(world, kind)
    await world.kill()
    for (const id of ['root', 'reply']) await world.release('slack', id, how)
    for (const id of ['ticket', 'comment']) await world.release('zendesk', id, how)
    await world.start()
    const look = async () => {
      const places = [older.sessionId, newer.sessionId].map(async (session) => {
        const threads = await world.threads(session)
        const tickets = await world.tickets(session)
        const thread = threads.flatMap(({ replies }) => inThread(replies).all)
        return {
          threads: threads.length,
          tickets: tickets.length,
          thread,
          ticket: tickets.flatMap((one) => inTicket(one).all),
        }
      })
      return Promise.all(places)
    }
    await expect.poll(look, patience).toEqual([
      { threads: 1, tickets: 1, thread: ['v-000', 'v-001'], ticket: ['v-000', 'v-001'] },
      { threads: 1, tickets: 1, thread: ['v-002'], ticket: ['v-002'] },
    ])
  },
)

it('delivers what was waiting in a Redis that is emptied, with no further message', async () => {
  const world = await arrange({ roles: ['api'] })
  const visitor = await world.visitor()
  await visitor.send('v-000')
  const redis = new Redis(world.stores.redisUrl)
  await expect
    .poll(async () => (await redis.keys(`${world.stores.redisPrefix}:drains:*`)).length, patience)
    .toBeGreaterThan(0)
  await redis.flushall()
  redis.disconnect()
  const worker = world.startRole('worker')
  await expect
    .poll(async () => inThread((await world.thread(visitor.sessionId))?.replies ?? []).all, patience)
    .toEqual(['v-000'])
  await expect.poll(async () => inTicket((await world.tickets(visitor.sessionId))[0]).all, patience).toEqual(['v-000'])
  worker.kill('SIGTERM')
})
