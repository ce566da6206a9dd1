import { type Connection, Schema } from 'mongoose'
import { isFresh } from '../platform/clock.ts'
import type { NextCall } from './port/call.ts'
import type { DestinationName } from './port/connector.ts'

/** Whether anybody may call a destination now. */
export interface Destination {
  _id: DestinationName
  pausedUntil: number
  /** Set while an administrator has to act, or nothing goes through; told once. */
  halted: { since: Date; reason: string } | null
}

/** A part of a destination has a record of its own for what an administrator has to mend there. */
export const placeOf = (destination: DestinationName, { place }: Pick<NextCall, 'place'>): DestinationName =>
  place === undefined ? destination : `${destination} ${place}`

export interface Destinations {
  /** Epoch ms until which it is paused; 0 when it is not. */
  pausedUntil(name: DestinationName): Promise<number>
  pause(name: DestinationName, until: number): Promise<void>
  /** Pauses it and answers whether this is news to the administrator. */
  halt(name: DestinationName, until: number, reason: string): Promise<boolean>
  /** A call went through: whatever was wrong is over. Answers whether it had been halted. */
  works(name: DestinationName): Promise<boolean>
  all(): Promise<Destination[]>
}

const schema = new Schema(
  { _id: String, pausedUntil: Number, halted: { type: Schema.Types.Mixed, default: null } },
  { versionKey: false },
)
export const destinationModel = (connection: Connection) => connection.model('Destination', schema, 'destinations')

export function createDestinations(connection: Connection, now: () => number): Destinations {
  const destinations = connection.collection<Destination>('destinations')
  /** Spares a read for each call; another process's news is seen a moment later, at the cost of one refused call. */
  const known = new Map<DestinationName, { destination: Destination | null; at: number }>()
  const freshMs = 1_000

  const read = async (name: DestinationName): Promise<Destination | null> => {
    const cached = known.get(name)
    if (cached && isFresh(cached.at, now(), freshMs)) return cached.destination
    const destination = await destinations.findOne({ _id: name })
    known.set(name, { destination, at: now() })
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

  return {
    async pausedUntil(name) {
      return (await read(name))?.pausedUntil ?? 0
    },
    async pause(name, until) {
      await pauseUntil(name, until, {})
    },
    async halt(name, until, reason) {
      const before = await pauseUntil(name, until, { halted: { since: new Date(now()), reason } })
      return before?.halted == null
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
