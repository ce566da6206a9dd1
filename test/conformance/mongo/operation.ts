import type { Connection } from 'mongoose'

/** What the project asks of a MongoDB-compatible store: each operation answers, in a collection of its own, what it should. */
export interface Operation {
  name: string
  expected: unknown
  run(connection: Connection, collection: string): Promise<unknown>
}

export interface Doc {
  _id: string
  session?: string
  seq?: number
  n?: number
  nested?: { token: number; until: number; note?: string }
  thread?: string
  text?: string
  terms?: string[]
  places?: { session: string; after: number }[]
  count?: { n: number }
}

export const on = (connection: Connection, name: string) => connection.collection<Doc>(name)
export const majority = { readConcern: { level: 'majority' }, readPreference: 'primary' } as const
