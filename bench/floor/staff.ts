import type { FloorAgent, FloorInbox } from './people.ts'
import { day, hour, onWall } from './wall-clock.ts'

const shiftLength = 8 * hour
/** Chats that an agent has at once. */
const capacity = 4

export interface Found {
  agent: FloorAgent
  /** Epoch ms. */
  at: number
}

/** Who of an inbox can take the next chat, and when. */
export interface Staff {
  /** Of those who work, whoever has room first; of several, who has had none for longest. `but`: not them. */
  firstFree(inbox: FloorInbox, at: number, but?: FloorAgent): Found
  /** Whoever is there first, however much they have to do: this one if they are. */
  firstThere(inbox: FloorInbox, at: number, rather?: FloorAgent): Found
  agentsOf(inbox: FloorInbox): readonly FloorAgent[]
  /** One of their places is taken until then. */
  occupy(agent: FloorAgent, until: number): void
}

interface Desk {
  agent: FloorAgent
  /** Until when each place is taken. */
  places: number[]
  lastGiven: number
}

export function createStaff(teams: ReadonlyMap<FloorInbox, readonly FloorAgent[]>): Staff {
  const desks = new Map<FloorInbox, Desk[]>()
  const deskOf = new Map<FloorAgent, Desk>()
  for (const [inbox, agents] of teams) {
    const ofInbox = agents.map((agent) => ({ agent, places: Array<number>(capacity).fill(0), lastGiven: 0 }))
    desks.set(inbox, ofInbox)
    for (const desk of ofInbox) deskOf.set(desk.agent, desk)
  }
  return {
    firstFree(inbox, at, but) {
      const others = (desks.get(inbox) ?? []).filter(({ agent }) => agent !== but)
      return soonest(others, ({ agent, places }) => nextOnShift(agent, Math.max(at, Math.min(...places))))
    },
    firstThere(inbox, at, rather) {
      if (rather && nextOnShift(rather, at) === at) return { agent: rather, at }
      return soonest(desks.get(inbox) ?? [], ({ agent }) => nextOnShift(agent, at))
    },
    agentsOf: (inbox) => teams.get(inbox) ?? [],
    occupy(agent, until) {
      const desk = deskOf.get(agent)
      if (!desk) return
      const place = desk.places.indexOf(Math.min(...desk.places))
      desk.places[place] = Math.max(until, desk.places[place] ?? 0)
    },
  }
}

function soonest(desks: readonly Desk[], when: (desk: Desk) => number): Found {
  let best: { desk: Desk; at: number } | null = null
  for (const desk of desks) {
    const at = when(desk)
    if (!best || at < best.at || (at === best.at && desk.lastGiven < best.desk.lastGiven)) best = { desk, at }
  }
  if (!best) throw new Error('nobody works in this inbox')
  best.desk.lastGiven = best.at
  return { agent: best.desk.agent, at: best.at }
}

/** `at`, or when their next shift begins. */
function nextOnShift({ shift, offsetAt }: FloorAgent, at: number): number {
  const { sinceMidnight, weekday } = onWall(at, offsetAt(at))
  // A shift may have begun yesterday.
  for (let later = -1; later <= 7; later += 1) {
    if (!shift.days.includes((weekday + later + 7) % 7)) continue
    const begins = shift.from + later * day - sinceMidnight
    if (begins + shiftLength > 0) return at + Math.max(0, begins)
  }
  throw new Error('an agent never works')
}
