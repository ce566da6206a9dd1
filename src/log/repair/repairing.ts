import type { Connection } from 'mongoose'
import type { Fold } from '../log.ts'
import type { Projection, Projector } from '../project.ts'
import type { RepairOptions } from './difference.ts'

export interface RepairDeps<State> {
  connection: Connection
  fold: Fold<State>
  projections: readonly Projection<State>[]
}

export interface Repairing<State> extends RepairDeps<State> {
  projector: Projector
  options: RepairOptions
}

/** Ids in memory, so that a cursor is asked for more before the store forgets it. */
export const batch = 200
