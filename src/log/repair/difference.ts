import { isDeepStrictEqual } from 'node:util'
import mongoose from 'mongoose'
import type { SessionId } from '../../contract/ids.ts'

/** What was done about something stored that was not as the log makes it. */
export type Change = 'made' | 'made again' | 'brought up to date' | 'removed' | 'raised' | 'lowered' | 'woken' | 'freed'

export interface Difference {
  /** Documents of one kind: `summaries`, `messages`, `links`, `places`. */
  what: string
  change: Change
  /** Ids, for people. */
  where: string
}

export interface RepairOptions {
  /** One session instead of all. */
  only?: SessionId | undefined
  /** False: differences are told and left as they are. */
  write: boolean
  now(): number
}

/** What was committed more recently may be on its way still. ms */
export const underWay = 10_000

/** As they come back from the store, whatever the order of their fields. */
export function isSame(a: object, b: object): boolean {
  return isDeepStrictEqual(asStored(a), asStored(b))
}

const asStored = (document: object) => mongoose.mongo.BSON.deserialize(mongoose.mongo.BSON.serialize(document))
