import type { SessionSummary } from '../../src/chat/sessions/summary.ts'
import type { LogEvent, Visitor } from '../../src/contract/event.ts'
import { bytesFrom, createIds, type Ids, type RandomBytes } from '../../src/platform/ids.ts'
import { type Arrival, arrivals } from './arrivals.ts'
import { type Chances, createChances } from './chances.ts'
import { beginChat, type Chat } from './chat.ts'
import { erase } from './moves.ts'
import { agentsOf, aVisitorsName, type FloorAgent, type FloorInbox, floorInboxes } from './people.ts'
import { createStaff } from './staff.ts'
import { tell } from './stories.ts'
import { day } from './wall-clock.ts'

export interface FloorOptions {
  seed: number
  sessions: number
  days: number
  /** Nothing has happened from then on: chats that are under way are not at their end. */
  until: Date
  /** Over all inboxes, at least eight. */
  agents?: number
}

/** A chat's log, and what it comes to. */
export interface SimulatedChat {
  events: readonly LogEvent[]
  summary: SessionSummary
}

export interface SimulatedFloor {
  inboxes: readonly FloorInbox[]
  agents: readonly FloorAgent[]
  /** In the order in which they begin; to be read once. */
  chats(): Generator<SimulatedChat>
}

/** A support floor and all its chats, as the service would have written them: the same for the same options. Its people are the same for all seeds. */
export function simulateFloor({ seed, sessions, days, until, agents: wanted = 60 }: FloorOptions): SimulatedFloor {
  const ids = createIds(inLargeParts(bytesFrom(`floor ${seed}`)))
  const random = createChances(seed)
  const teams = teamsOf(wanted)
  const inboxes = [...teams.keys()]
  const staff = createStaff(teams)
  const known: Visitor[] = []
  const period = { from: until.getTime() - Math.round(days * day), until: until.getTime() }
  return {
    inboxes,
    agents: [...teams.values()].flat(),
    *chats() {
      for (const arrival of arrivals(inboxes, random, { ...period, sessions })) {
        const chat = begin(arrival, aVisitor(known, ids, random), { ids, random, until: period.until })
        tell(chat, { random, staff, inbox: arrival.inbox })
        forget(chat, random)
        yield { events: chat.events, summary: chat.summary }
      }
    },
  }
}

/** The same people whatever happens to them. */
function teamsOf(wanted: number): ReadonlyMap<FloorInbox, readonly FloorAgent[]> {
  const who = { ids: createIds(bytesFrom('people of the floor')), random: createChances(1) }
  const teams = new Map<FloorInbox, readonly FloorAgent[]>()
  let hired = 0
  for (const inbox of floorInboxes(who.ids)) {
    const count = Math.max(2, Math.round(wanted * inbox.share))
    teams.set(inbox, agentsOf(inbox, count, hired, who))
    hired += count
  }
  return teams
}

/** Deriving bytes costs by the call: what most ids need at once comes from one. */
function inLargeParts(random: RandomBytes): RandomBytes {
  const size = 8_160
  let part = random(size)
  let used = 0
  return (count) => {
    if (used + count > part.length) {
      part = random(size)
      used = 0
    }
    used += count
    return part.subarray(used - count, used)
  }
}

function begin(
  { at, inbox, open }: Arrival,
  visitor: Visitor,
  deps: { ids: Ids; random: Chances; until: number },
): Chat {
  const byKey = deps.random.chance(0.03)
  const { id, name } = visitor
  const by = byKey ? ({ kind: 'admin', id: 'key' } as const) : ({ kind: 'visitor', id, ...(name && { name }) } as const)
  return beginChat({ ids: deps.ids, until: deps.until, at }, by, {
    inbox: inbox.settings.key,
    visitor,
    channel: byKey ? 'api' : deps.random.chance(0.2) ? 'mobile' : 'web',
    ...(!open && { offline: true }),
  })
}

/** Of those who were here lately, one in seven comes again. */
const remembered = 2_000
const pages = ['cart', 'orders', 'account', 'returns', 'product/4711', 'product/1202', 'help']
const locales = ['en', 'de', 'fr', 'pt-BR', 'ja', 'hi']

function aVisitor(known: Visitor[], ids: Ids, random: Chances): Visitor {
  if (known.length > 100 && random.chance(0.14)) return random.pick(known)
  const name = random.chance(0.6) ? aVisitorsName(random) : undefined
  const id = ids.visitor()
  const visitor: Visitor = {
    id,
    ...(name !== undefined && { name, email: `${id.slice(4, 14)}@example.com` }),
    page: `https://shop.example/${random.pick(pages)}`,
    locale: random.pick(locales),
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
    ip: `203.0.113.${Math.floor(random.between(1, 255))}`,
    attributes: { plan: random.pick(['free', 'pro', 'business']) },
  }
  known[known.length < remembered ? known.length : Math.floor(random.between(0, remembered))] = visitor
  return visitor
}

/** Some ask for it, and what was closed long ago is erased by itself here and there. */
function forget(chat: Chat, random: Chances): void {
  if (chat.state.status !== 'closed' || !random.chance(0.004)) return
  const isAsked = random.chance(0.5)
  chat.now += Math.floor(isAsked ? random.exponential(10 * day) : 90 * day)
  erase(chat, isAsked ? 'request' : 'retention')
}
