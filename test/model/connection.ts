import mongoose, { type Connection } from 'mongoose'
import type { Doc, Filter, ReplicaSet, Update } from './replica-set.ts'
import type { Process, Schedule } from './schedule.ts'

/** Long enough for anything that is on its way to the store. ms */
const travels = 3_600_000

type Level = 'local' | 'majority'
interface ReadOptions {
  readConcern?: { level: Level }
}

interface Request {
  name: string
  /** The write that its answer waits for. */
  until: number
  isSent: boolean
  fate: 'fine' | 'lost' | 'late'
}

/**
 * The way to the store, as `platform/mongo.ts` sets it up: a write is answered once a majority has it and all that it saw,
 * a read sees what a majority has unless it asks for less. The driver's one retry is left out, since a second failure in
 * a row shows the caller the same: an error that says nothing about the effect.
 */
export function aNetwork(schedule: Schedule, set: ReplicaSet) {
  const open = new Set<Request>()

  const lose = (request: Request) => {
    request.fate = request.isSent || schedule.pick(2) === 0 ? 'lost' : 'late'
  }

  /** Sends, has its effect, is answered: three moments, and something else may happen between them. */
  async function send<T>(process: Process, name: string, effect: () => { value: T; until: number }): Promise<T> {
    const request: Request = { name, until: 0, isSent: false, fate: 'fine' }
    open.add(request)
    const run = () => {
      if (request.fate === 'late') schedule.late(name, schedule.now() + travels, () => void attempt(effect))
      if (request.fate !== 'fine') return null
      request.isSent = true
      const outcome = attempt(effect)
      request.until = outcome.until
      return outcome
    }
    const outcome = await schedule.step(process, name, run, { travels })
    const isReady = () => request.fate === 'lost' || set.majority() >= request.until
    if (outcome) await schedule.step(process, `${name}, answered`, () => {}, { isReady })
    open.delete(request)
    if (!outcome || request.fate === 'lost') throw new mongoose.mongo.MongoNetworkError(`${name}: connection closed`)
    if ('error' in outcome) throw outcome.error
    return outcome.value
  }

  /** What failed waits for what it saw, too. */
  const attempt = <T>(effect: () => { value: T; until: number }) => {
    try {
      return effect()
    } catch (error) {
      return { error, until: set.last() }
    }
  }

  /** MongoDB waits when everything was refused as well; the log says that it does not count on it. */
  const insertRaw = (command: Insert) => {
    const value = insertAll(set, command)
    return { value, until: value.n === 0 && schedule.pick(2) === 1 ? 0 : set.last() }
  }

  return {
    /** A connection is cut; which one, `index` says. */
    cut(index: number) {
      const requests = [...open]
      const request = requests[index % Math.max(1, requests.length)]
      if (request) lose(request)
    },
    /** Another primary. Writes that a majority did not have are answered by nobody. */
    failOver(kept: number) {
      for (const request of open) if (request.isSent && request.until > set.majority()) request.fate = 'lost'
      set.failOver(kept)
    },
    connect: (process: Process): Connection => {
      const read = <T>(name: string, run: () => T) => send(process, name, () => ({ value: run(), until: 0 }))
      const write = <T>(name: string, run: () => T) => send(process, name, () => ({ value: run(), until: set.last() }))
      return {
        collection: (name: string) => aCollection(name, set, { read, write }),
        db: { command: (command: Insert) => send(process, `insert ${command.insert}`, () => insertRaw(command)) },
      } as unknown as Connection
    },
  }
}

interface Insert {
  insert: string
  documents: readonly Doc[]
}

/** The answer to the raw, unordered command. */
function insertAll(set: ReplicaSet, { insert, documents }: Insert) {
  const writeErrors = documents.flatMap((document, index) => {
    try {
      set.insert(insert, document)
      return []
    } catch (error) {
      if (!(error instanceof mongoose.mongo.MongoServerError)) throw error
      return [{ index, code: error.code, keyPattern: error.keyPattern, errmsg: error.message }]
    }
  })
  return { ok: 1, n: documents.length - writeErrors.length, ...(writeErrors.length > 0 && { writeErrors }) }
}

interface Wire {
  read<T>(name: string, run: () => T): Promise<T>
  write<T>(name: string, run: () => T): Promise<T>
}

interface UpdateOne {
  updateOne: { filter: Filter; update: Update; upsert?: boolean }
}

/** As much of a driver's collection as the log and the bridge use. */
function aCollection(name: string, set: ReplicaSet, { read, write }: Wire) {
  const levelOf = ({ readConcern }: ReadOptions) => readConcern?.level ?? 'majority'
  const update = (filter: Filter, change: Update, upsert?: boolean) => {
    const { before, after } = set.update(name, filter, change, upsert)
    return { matchedCount: before ? 1 : 0, modifiedCount: before ? 1 : 0, upsertedCount: before || !after ? 0 : 1 }
  }
  return {
    find: (filter: Filter = {}, options: ReadOptions = {}) =>
      aCursor((found) => read(`find ${name}`, () => found(set.find(name, filter, levelOf(options))))),
    aggregate: (pipeline: Record<string, unknown>[]) =>
      aCursor((found) => read(`aggregate ${name}`, () => found(set.aggregate(name, pipeline) as Doc[]))),
    findOne: (filter: Filter, options: ReadOptions = {}) =>
      read(`findOne ${name}`, () => set.find(name, filter, levelOf(options))[0] ?? null),
    insertOne: (doc: Doc) => write(`insertOne ${name}`, () => set.insert(name, doc)),
    insertMany: (documents: Doc[]) =>
      write(`insertMany ${name}`, () => {
        const { writeErrors } = insertAll(set, { insert: name, documents })
        if (writeErrors)
          throw new mongoose.mongo.MongoBulkWriteError(
            { code: 11000, writeErrors } as never,
            { getWriteConcernError: () => undefined } as never,
          )
      }),
    findOneAndUpdate: (
      filter: Filter,
      change: Update,
      { upsert, returnDocument }: { upsert?: boolean; returnDocument?: 'before' | 'after' } = {},
    ) =>
      write(`findOneAndUpdate ${name}`, () => {
        const { before, after } = set.update(name, filter, change, upsert)
        return returnDocument === 'after' ? after : before
      }),
    updateOne: (filter: Filter, change: Update, { upsert }: { upsert?: boolean } = {}) =>
      write(`updateOne ${name}`, () => update(filter, change, upsert)),
    updateMany: (filter: Filter, change: Update) =>
      write(`updateMany ${name}`, () => {
        const found = set.find(name, filter, 'local')
        for (const { _id } of found) set.update(name, { _id }, change)
        return { modifiedCount: found.length }
      }),
    bulkWrite: (writes: UpdateOne[]) =>
      write(`bulkWrite ${name}`, () => {
        const results = writes.map(({ updateOne: { filter, update: change, upsert } }) =>
          update(filter, change, upsert),
        )
        const sum = (field: keyof (typeof results)[number]) => results.reduce((total, one) => total + one[field], 0)
        return { modifiedCount: sum('modifiedCount'), upsertedCount: sum('upsertedCount') }
      }),
  }
}

type Arrange = (found: Doc[]) => Doc[]

function aCursor(run: (arrange: Arrange) => Promise<Doc[]>, arrange: Arrange = (found) => found) {
  const cursor = {
    sort: (order: Record<string, 1 | -1>) => aCursor(run, (found) => sorted(arrange(found), order)),
    limit: (most: number) => aCursor(run, (found) => arrange(found).slice(0, most)),
    toArray: () => run(arrange),
    async *[Symbol.asyncIterator]() {
      yield* await run(arrange)
    },
  }
  return cursor
}

const sorted = (found: Doc[], order: Record<string, 1 | -1>): Doc[] =>
  found.toSorted((a, b) => {
    for (const [field, direction] of Object.entries(order)) {
      const [x, y] = [a[field] as string, b[field] as string]
      if (x !== y) return x < y ? -direction : direction
    }
    return 0
  })
