import type { Connection } from 'mongoose'
import { inBatches } from '../../platform/in-batches.ts'
import { filesOf, placeOf } from './records.ts'
import type { FileStore } from './store.ts'

/** Places begin with one of these, so that a part of the store can be looked through at a time. */
const shards = '0123456789abcdefghijklmnopqrstuvwxyz'
const batch = 200

/** Where new bytes go: `token` is random, of the letters above. */
export const newPlace = (folder: string, token: string): string => `${folder}/${token.slice(0, 1)}/${token}`

export interface StoreSweepDeps {
  connection: Connection
  store: FileStore
  folder(): Promise<string>
}

/**
 * Removes what is in our folder and has no record, one part of it a round. A record is there before its bytes and goes
 * after them, so that this is only what a database brought back from a backup does not know.
 */
export function createStoreSweep(deps: StoreSweepDeps, random: () => number = Math.random): () => Promise<void> {
  let round = Math.floor(random() * shards.length)
  return async () => {
    const shard = shards[round++ % shards.length]
    for await (const keys of inBatches(deps.store.list(`${await deps.folder()}/${shard}`), batch))
      for (const key of await unknownOf(deps.connection, keys)) await deps.store.remove(key)
  }
}

async function unknownOf(connection: Connection, keys: readonly string[]): Promise<string[]> {
  const known = await filesOf(connection)
    .find({ place: { $in: keys.map(placeOf) } }, { projection: { place: 1 } })
    .toArray()
  const places = new Set(known.map(({ place }) => place))
  return keys.filter((key) => !places.has(placeOf(key)))
}
