import { type Connection, Schema } from 'mongoose'
import type { DoneBy } from '../contract/audit.ts'
import { isFresh, type Now, type Wait } from '../platform/clock.ts'
import type { Trouble } from './links/held-up.ts'
import type { NextCall } from './port/call.ts'
import type { DestinationName } from './port/connector.ts'

/** An administrator's pause: it has no end of its own. */
export interface Hold {
  by: DoneBy
  since: Date
  reason: string | null
}

/** `unreachable`: it gives no answers and is asked by itself. Otherwise an administrator has to act. */
export interface Halt {
  since: Date
  reason: string
  unreachable?: boolean
}

/** Whether anybody may call a destination now, and how the last calls went. */
export interface Destination {
  _id: DestinationName
  pausedUntil?: number
  /** Set while an administrator has to act, or nothing goes through; told once. */
  halted?: Halt | null
  hold?: Hold | null
  succeededAt?: Date
  /** The last of each kind. */
  failed?: Partial<Record<Trouble['kind'], Trouble>>
}

/** `held`: until an administrator resumes it. */
export type Standing = { kind: 'open' } | { kind: 'until'; until: number } | { kind: 'held' }

/** A part of a destination has a record of its own for what an administrator has to mend there. */
export const placeOf = (destination: DestinationName, { place }: Pick<NextCall, 'place'>): DestinationName =>
  place === undefined ? destination : `${destination} ${place}`

export interface Destinations {
  /** At most a second old. */
  standing(name: DestinationName): Promise<Standing>
  pause(name: DestinationName, until: number): Promise<void>
  /** Pauses it and answers whether this is news to the administrator. */
  halt(name: DestinationName, until: number, halt: Omit<Halt, 'since'>): Promise<boolean>
  /** Done once every worker knows: none begins a call after that. Null: they may again. */
  setHold(name: DestinationName, hold: Hold | null): Promise<void>
  /** A call went through: whatever was wrong is over. Answers whether it had been halted. */
  works(name: DestinationName): Promise<boolean>
  /** For whoever asks how it goes; not every one is written down. */
  succeeded(name: DestinationName): Promise<void>
  failed(name: DestinationName, trouble: Trouble): Promise<void>
  /** What made everybody wait is tried again; a limit of the remote is kept. */
  tryAgain(name: DestinationName): Promise<void>
  all(): Promise<Destination[]>
}

/** Successes are written down no more often. ms */
const successEveryMs = 10_000
const failureEveryMs = 1_000

const schema = new Schema(
  { _id: String, pausedUntil: Number, halted: { type: Schema.Types.Mixed, default: null } },
  { versionKey: false, strict: false },
)
export const destinationModel = (connection: Connection) => connection.model('Destination', schema, 'destinations')

export const destinationsOf = (connection: Connection) => connection.collection<Destination>('destinations')

export function createDestinations(connection: Connection, now: Now, wait: Wait): Destinations {
  const destinations = destinationsOf(connection)
  /** Spares a read for each call; another process's news is seen a moment later, at the cost of one refused call. */
  const known = new Map<DestinationName, { destination: Destination | null; at: number }>()
  const freshMs = 1_000

  const read = async (name: DestinationName): Promise<Destination | null> => {
    const cached = known.get(name)
    if (cached && isFresh(cached.at, now(), freshMs)) return cached.destination
    const at = now()
    const destination = await destinations.findOne({ _id: name })
    known.set(name, { destination, at })
    return destination
  }

  const pauseUntil = async (name: DestinationName, until: number, set: Partial<Destination>) => {
    const before = await destinations.findOneAndUpdate(
      { _id: name },
      { $max: { pausedUntil: until }, ...(Object.keys(set).length > 0 && { $set: set }) },
      { upsert: true, returnDocument: 'before' },
    )
    known.delete(name)
    return before
  }

  const noted = new Map<string, number>()
  const isNews = (what: string, everyMs: number): boolean => {
    if (isFresh(noted.get(what) ?? Number.NEGATIVE_INFINITY, now(), everyMs)) return false
    noted.set(what, now())
    return true
  }

  return {
    standing: async (name) => standingOf(await read(name), now()),
    async pause(name, until) {
      await pauseUntil(name, until, {})
    },
    async halt(name, until, halt) {
      const since = (await read(name))?.halted?.since ?? new Date(now())
      const before = await pauseUntil(name, until, { halted: { since, ...halt } })
      return before?.halted == null
    },
    async setHold(name, hold) {
      await destinations.updateOne({ _id: name }, { $set: { hold } }, { upsert: true })
      known.delete(name)
      if (hold) await wait(freshMs)
    },
    async succeeded(name) {
      if (!isNews(name, successEveryMs)) return
      await destinations.updateOne({ _id: name }, { $set: { succeededAt: new Date(now()) } }, { upsert: true })
    },
    async failed(name, trouble) {
      if (!isNews(`${name} ${trouble.kind}`, failureEveryMs)) return
      await destinations.updateOne({ _id: name }, { $set: { [`failed.${trouble.kind}`]: trouble } }, { upsert: true })
    },
    async tryAgain(name) {
      await destinations.updateOne({ _id: name, halted: { $ne: null } }, { $set: { pausedUntil: 0 } })
      known.delete(name)
    },
    async works(name) {
      const destination = await read(name)
      if (!destination?.halted) return false
      known.delete(name)
      const before = await destinations.findOneAndUpdate({ _id: name }, { $set: { halted: null, pausedUntil: 0 } })
      return before?.halted != null
    },
    all: () => destinations.find().toArray(),
  }
}

export function standingOf(destination: Destination | null, now: number): Standing {
  if (destination?.hold) return { kind: 'held' }
  const until = destination?.pausedUntil ?? 0
  return until > now ? { kind: 'until', until } : { kind: 'open' }
}
