import { aggregate, Query, updateOne } from 'mingo'
import type { Schema } from 'mongoose'
import mongoose from 'mongoose'

export interface Doc {
  _id: string
  [field: string]: unknown
}

export type Filter = Record<string, unknown>
export type Update = Record<string, Record<string, unknown>>

/** What a write changed of one document, so that a failover can take it back. */
interface Entry {
  id: number
  collection: string
  key: string
  before: Doc | undefined
  after: Doc | undefined
}

interface UniqueIndex {
  fields: readonly string[]
  keyPattern: Record<string, number>
  /** Of a partial index. */
  covers: Query | null
}

type Documents = Map<string, Doc>

/** The model of a collection, of which only the indexes count here. */
export interface Indexed {
  collection: { name: string }
  schema: Pick<Schema, 'indexes'>
}

/**
 * The documents of a replica set. A write is on the primary at once and on a majority later; a failover keeps what a
 * majority has, perhaps some of what came after it in the same order, and nothing else.
 */
export function aReplicaSet(models: readonly Indexed[]) {
  const local = new Map<string, Documents>()
  const committed = new Map<string, Documents>()
  const uncommitted: Entry[] = []
  const indexes = new Map(models.map((model) => [model.collection.name, uniqueIndexesOf(model)]))
  let last = 0
  let majority = 0

  const documentsOf = (of: Map<string, Documents>, collection: string): Documents => {
    const known = of.get(collection) ?? new Map<string, Doc>()
    of.set(collection, known)
    return known
  }

  const apply = (to: Map<string, Documents>, collection: string, key: string, doc: Doc | undefined) => {
    if (doc) documentsOf(to, collection).set(key, doc)
    else documentsOf(to, collection).delete(key)
  }

  const put = (collection: string, doc: Doc) => {
    const documents = documentsOf(local, collection)
    const before = documents.get(doc._id)
    for (const index of indexes.get(collection) ?? []) refuseTaken(documents, index, doc)
    last += 1
    uncommitted.push({ id: last, collection, key: doc._id, before, after: doc })
    documents.set(doc._id, doc)
  }

  return {
    /** The last write that there is; a majority has everything up to `majority`. */
    last: () => uncommitted.at(-1)?.id ?? majority,
    majority: () => majority,
    /** Writes that a majority does not have yet. */
    behind: () => uncommitted.length,

    find(collection: string, filter: Filter, level: 'local' | 'majority'): Doc[] {
      const query = new Query(filter)
      return [...documentsOf(level === 'local' ? local : committed, collection).values()].filter((doc) =>
        query.test(doc),
      )
    },
    aggregate: (collection: string, pipeline: Record<string, unknown>[]) =>
      aggregate([...documentsOf(committed, collection).values()], pipeline),

    /** Throws a duplicate key as the server does. */
    insert(collection: string, doc: Doc): void {
      if (documentsOf(local, collection).has(doc._id)) throw duplicateOf({ _id: 1 })
      put(collection, copy(doc))
    },

    /** Changes the first that fits, on the newest state. */
    update(
      collection: string,
      filter: Filter,
      update: Update,
      upsert = false,
    ): { before: Doc | null; after: Doc | null } {
      const query = new Query(filter)
      const before = [...documentsOf(local, collection).values()].find((doc) => query.test(doc))
      if (!before && !upsert) return { before: null, after: null }
      const { $setOnInsert, ...rest } = update
      const after = copy(before ?? equalitiesOf(filter))
      const change = before ? rest : { ...rest, $set: { ...$setOnInsert, ...rest.$set } }
      updateOne([after], {}, change as never, { cloneMode: 'deep' })
      put(collection, after)
      return { before: before ?? null, after }
    },

    /** A majority has everything up to the n-th write that it did not have. */
    replicate(count: number): void {
      for (const { id, collection, key, after } of uncommitted.splice(0, count)) {
        apply(committed, collection, key, after)
        majority = id
      }
    },

    /** Another primary: it has what a majority has and the first `kept` writes after that. */
    failOver(kept: number): void {
      for (const { collection, key, before } of uncommitted.splice(kept).reverse())
        apply(local, collection, key, before)
    },
  }
}

export type ReplicaSet = ReturnType<typeof aReplicaSet>

const uniqueIndexesOf = ({ schema }: Indexed): UniqueIndex[] =>
  schema.indexes().flatMap(([keys, options]) => {
    if (!options.unique) return []
    const { partialFilterExpression: partial } = options
    const covers = partial ? new Query(partial as Filter) : null
    return [{ fields: Object.keys(keys), keyPattern: keys as Record<string, number>, covers }]
  })

function refuseTaken(documents: Documents, { fields, keyPattern, covers }: UniqueIndex, doc: Doc): void {
  if (covers && !covers.test(doc)) return
  const values = fields.map((field) => at(doc, field))
  for (const other of documents.values()) {
    const isTaken = other._id !== doc._id && fields.every((field, index) => at(other, field) === values[index])
    if (isTaken && (!covers || covers.test(other))) throw duplicateOf(keyPattern)
  }
}

const at = (doc: Doc, path: string): unknown =>
  path.split('.').reduce<unknown>((value, field) => (value as Filter | undefined)?.[field], doc)

const duplicateOf = (keyPattern: Record<string, number>) =>
  new mongoose.mongo.MongoServerError({ message: 'E11000 duplicate key', code: 11000, keyPattern })

/** What an upsert begins with. */
const equalitiesOf = (filter: Filter): Doc =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => typeof value !== 'object')) as unknown as Doc

/** Documents go over the wire: nobody shares what they were made of. */
export function copy<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copy) as T
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, copy(inner)])) as T
}
