import { type Connection, Schema } from 'mongoose'
import type { StoredCell } from './stored-cell.ts'

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
  /** Of the round that wrote it: a worker that lost its turn writes over none of its successor's. */
  round: number
  /** In order of what they are of. */
  cells: StoredCell[]
}

const schema = new Schema({ _id: String }, { versionKey: false, strict: false, minimize: false })
export const rollupModel = (connection: Connection) => connection.model('Rollup', schema, 'rollups')
export const rollupsOf = (connection: Connection) => connection.collection<Rollup>('rollups')

export const rollupId = (grain: Grain, line: Line, inbox: string, key: string): string =>
  `${grain}|${line}|${inbox}|${key}`

/** Roll-ups of one grain in a row, by what their keys begin with: the first and the last. */
export interface Stretch {
  grain: Grain
  from: string
  until: string
}

/** The hours of the last day, too: their keys follow the day's own. */
export const idsWithin = ({ grain, from, until }: Stretch, line: Line, inbox: string) => ({
  $gte: rollupId(grain, line, inbox, from),
  $lt: rollupId(grain, line, inbox, `${until}~`),
})
