import { z } from 'zod'
import { DeskbridgeError } from '../contract/errors.ts'

/** Where something stands in a list that is sorted by time and id, the newest first. */
export interface Place {
  at: Date
  id: string
}

const Cursor = z.tuple([z.iso.datetime(), z.string().max(64)])

export const cursorOf = ({ at, id }: Place): string =>
  Buffer.from(JSON.stringify([at.toISOString(), id])).toString('base64url')

/** Throws `invalid_input` for a cursor of another list. */
export function placeOf(cursor: string): Place {
  try {
    const [at, id] = Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    return { at: new Date(at), id }
  } catch (cause) {
    throw new DeskbridgeError('invalid_input', { details: [{ path: 'cursor', problem: 'not of this list' }], cause })
  }
}

/** What stands after a place, with `at` and `_id` under the given names. */
export const after = (place: Place, at: string): Record<string, unknown> => ({
  $or: [{ [at]: { $lt: place.at } }, { [at]: place.at, _id: { $lt: place.id } }],
})
