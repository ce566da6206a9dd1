import { type Connection, Schema } from 'mongoose'
import type { StoredCell } from './cell.ts'

export const grains = ['hour', 'day', 'month'] as const
export type Grain = (typeof grains)[number]

/** What cells are of. `clock`: the hour of the week, such as `1-09` for Monday at nine. */
export const lines = ['all', 'agent', 'team', 'channel', 'tag', 'clock'] as const
export type Line = (typeof lines)[number]

/** All cells of one kind in one stretch of time of an inbox. */
export interface Rollup {
  /** `<grain>|<line>|<inbox>|<key>`: what a report reads is a range of ids. */
  _id: string
  /** `2026-11-30T09:00+01:00`, `2026-11-30` or `2026-11`, on the inbox's wall. */
  key: string
  /** When it begins. */
  start: Date
  cells: StoredCell[]
  /** Of the round that wrote it: a worker that lost its turn writes over none of its successor's. */
  round: number
}

const schema = new Schema({ _id: String }, { versionKey: false, strict: false, minimize: false })
export const rollupModel = (connection: Connection) => connection.model('Rollup', schema, 'rollups')
export const rollupsOf = (connection: Connection) => connection.collection<Rollup>('rollups')

export const rollupId = (grain: Grain, line: Line, inbox: string, key: string): string =>
  `${grain}|${line}|${inbox}|${key}`

/** Keys that begin with `prefix`. */
export const idsWithin = (grain: Grain, line: Line, inbox: string, prefix: string) => ({
  $gte: rollupId(grain, line, inbox, prefix),
  $lt: rollupId(grain, line, inbox, `${prefix}~`),
})
