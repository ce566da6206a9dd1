import type { Connection } from 'mongoose'

/** What the project asks of a MongoDB-compatible store: each operation answers, in a collection of its own, what it should. */
export interface Operation {
  name: string
  expected: unknown
  run(connection: Connection, collection: string): Promise<unknown>
}

interface Doc {
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

const on = (connection: Connection, name: string) => connection.collection<Doc>(name)
const majority = { readConcern: { level: 'majority' }, readPreference: 'primary' } as const

export const mongoOperations: readonly Operation[] = [
  {
    name: 'an unordered insert goes on after an error and names the index of each',
    expected: { n: 2, errors: [{ index: 1, code: 11000, keyPattern: { session: 1, seq: 1 } }], stored: ['a', 'c'] },
    async run(connection, name) {
      await on(connection, name).createIndex({ session: 1, seq: 1 }, { unique: true })
      const documents = [
        { _id: 'a', session: 's', seq: 1 },
        { _id: 'b', session: 's', seq: 1 },
        { _id: 'c', session: 's', seq: 2 },
      ]
      const reply = await connection.db?.command({
        insert: name,
        documents,
        ordered: false,
        writeConcern: { w: 'majority', j: true },
      })
      const errors = (reply?.writeErrors ?? []).map(({ index, code, keyPattern }: Record<string, unknown>) => ({
        index,
        code,
        keyPattern,
      }))
      const stored = await on(connection, name).find().sort({ _id: 1 }).toArray()
      return { n: reply?.n, errors, stored: stored.map((doc) => doc._id) }
    },
  },
  {
    name: 'a range of a compound index comes sorted from a majority read',
    expected: [3, 4, 5],
    async run(connection, name) {
      await on(connection, name).createIndex({ session: 1, seq: 1 })
      await on(connection, name).insertMany([5, 1, 4, 2, 6, 3].map((seq) => ({ _id: `e${seq}`, session: 's', seq })))
      const found = await on(connection, name)
        .find({ session: 's', seq: { $gt: 2, $lte: 5 } }, majority)
        .sort({ seq: 1 })
        .toArray()
      return found.map((doc) => doc.seq)
    },
  },
  {
    name: 'a find-and-update takes effect for one of many that race on a condition',
    expected: { taken: 1, token: 1 },
    async run(connection, name) {
      await on(connection, name).insertOne({ _id: 'lease', nested: { token: 0, until: 0 } })
      const take = () =>
        on(connection, name).findOneAndUpdate(
          { _id: 'lease', 'nested.until': { $lte: 10 } },
          { $set: { 'nested.until': 99 }, $inc: { 'nested.token': 1 } },
          { returnDocument: 'after' },
        )
      const taken = await Promise.all(Array.from({ length: 16 }, take))
      const after = await on(connection, name).findOne({ _id: 'lease' })
      return { taken: taken.filter(Boolean).length, token: after?.nested?.token }
    },
  },
  {
    name: 'a find-and-update answers the document as it is afterwards',
    expected: { token: 8, note: 'kept' },
    async run(connection, name) {
      await on(connection, name).insertOne({ _id: 'one', nested: { token: 7, until: 0, note: 'kept' } })
      const after = await on(connection, name).findOneAndUpdate(
        { _id: 'one' },
        { $inc: { 'nested.token': 1 } },
        { returnDocument: 'after' },
      )
      return { token: after?.nested?.token, note: after?.nested?.note }
    },
  },
  {
    name: 'a find-and-delete hands a document to one of many that ask for it',
    expected: { taken: ['one'], left: 1 },
    async run(connection, name) {
      await on(connection, name).insertMany([
        { _id: 'one', text: 'token' },
        { _id: 'two', text: 'other' },
      ])
      const take = () => on(connection, name).findOneAndDelete({ text: 'token' })
      const taken = await Promise.all(Array.from({ length: 16 }, take))
      return { taken: taken.flatMap((doc) => doc?._id ?? []), left: await on(connection, name).countDocuments() }
    },
  },
  {
    name: 'a field is taken away, and its absence is a condition',
    expected: { before: 0, after: 1 },
    async run(connection, name) {
      await on(connection, name).insertOne({ _id: 'one', text: 'here' })
      const absent = () => on(connection, name).countDocuments({ text: { $exists: false } })
      const before = await absent()
      await on(connection, name).updateOne({ _id: 'one' }, { $unset: { text: 1 } })
      return { before, after: await absent() }
    },
  },
  {
    name: 'an update whose condition does not hold changes nothing and says so',
    expected: { matched: 0, until: 5 },
    async run(connection, name) {
      await on(connection, name).insertOne({ _id: 'one', nested: { token: 2, until: 5 } })
      const result = await on(connection, name).updateOne(
        { _id: 'one', 'nested.token': 1 },
        { $set: { 'nested.until': 0 } },
      )
      return {
        matched: result.matchedCount,
        until: (await on(connection, name).findOne({ _id: 'one' }))?.nested?.until,
      }
    },
  },
  {
    name: 'a bulk of upserts keeps the greatest value and sets the rest on insert only',
    expected: [{ _id: 'x', n: 9, text: 'first' }],
    async run(connection, name) {
      const upsert = (n: number, text: string) => ({
        updateOne: { filter: { _id: 'x' }, update: { $max: { n }, $setOnInsert: { text } }, upsert: true },
      })
      await on(connection, name).bulkWrite([upsert(4, 'first')], { ordered: false })
      await on(connection, name).bulkWrite([upsert(9, 'second'), upsert(6, 'third')], { ordered: false })
      return on(connection, name).find().toArray()
    },
  },
  {
    name: 'upserts that race on one key make one document',
    expected: 1,
    async run(connection, name) {
      await on(connection, name).createIndex({ text: 1 }, { unique: true })
      const upsert = (_: unknown, index: number) =>
        on(connection, name)
          .updateOne({ text: 'same' }, { $setOnInsert: { _id: `u${index}` } }, { upsert: true })
          .catch(() => null)
      await Promise.all(Array.from({ length: 16 }, upsert))
      return on(connection, name).countDocuments({ text: 'same' })
    },
  },
  {
    name: 'a range in a list is met by one and the same element',
    expected: ['b'],
    async run(connection, name) {
      await on(connection, name).createIndex({ terms: 1 })
      await on(connection, name).insertMany([
        { _id: 'a', terms: ['alpha', 'zulu'] },
        { _id: 'b', terms: ['alpha', 'refund'] },
      ])
      const found = await on(connection, name)
        .find({ $and: [{ terms: 'alpha' }, { terms: { $elemMatch: { $gte: 'ref', $lt: 'reg' } } }] })
        .toArray()
      return found.map(({ _id }) => _id)
    },
  },
  {
    name: 'a unique partial index binds only the documents that it is about',
    expected: { without: 2, second: 'refused' },
    async run(connection, name) {
      await on(connection, name).createIndex(
        { thread: 1 },
        { unique: true, partialFilterExpression: { thread: { $exists: true } } },
      )
      await on(connection, name).insertMany([{ _id: 'a' }, { _id: 'b' }])
      await on(connection, name).insertOne({ _id: 'c', thread: 't' })
      const second = await on(connection, name)
        .insertOne({ _id: 'd', thread: 't' })
        .then(
          () => 'taken',
          () => 'refused',
        )
      return { without: await on(connection, name).countDocuments({ thread: { $exists: false } }), second }
    },
  },
  {
    name: 'a find leaves out one value and keeps documents without any',
    expected: ['other', 'without'],
    async run(connection, name) {
      await on(connection, name).insertMany([
        { _id: 'left-out', text: 'same' },
        { _id: 'other', text: 'other' },
        { _id: 'without' },
      ])
      const found = await on(connection, name)
        .find({ text: { $ne: 'same' } })
        .sort({ _id: 1 })
        .toArray()
      return found.map(({ _id }) => _id)
    },
  },
  {
    name: 'a find leaves out every list that holds a value',
    expected: ['empty', 'other', 'without'],
    async run(connection, name) {
      await on(connection, name).insertMany([
        { _id: 'left-out', terms: ['one', 'same'] },
        { _id: 'other', terms: ['one'] },
        { _id: 'empty', terms: [] },
        { _id: 'without' },
      ])
      const found = await on(connection, name)
        .find({ terms: { $nin: ['same'] } })
        .sort({ _id: 1 })
        .toArray()
      return found.map(({ _id }) => _id)
    },
  },
  {
    name: 'what comes under a partial index or leaves it is found as without one',
    expected: { due: ['came', 'stayed'], early: ['came', 'left', 'never', 'stayed'] },
    async run(connection, name) {
      await on(connection, name).createIndex({ n: 1 }, { partialFilterExpression: { 'nested.token': 1 } })
      const nested = (token: number) => ({ token, until: 0 })
      await on(connection, name).insertMany([
        { _id: 'stayed', n: 2, nested: nested(1) },
        { _id: 'left', n: 1, nested: nested(1) },
        { _id: 'came', n: 1, nested: nested(0) },
        { _id: 'never', n: 1 },
        { _id: 'later', n: 9, nested: nested(1) },
      ])
      await on(connection, name).updateOne({ _id: 'left' }, { $set: { 'nested.token': 0 } })
      await on(connection, name).updateOne({ _id: 'came' }, { $set: { 'nested.token': 1 } })
      const ids = async (condition: object, sort: 'n' | '_id') =>
        (
          await on(connection, name)
            .find({ n: { $lte: 2 }, ...condition })
            .sort({ [sort]: 1 })
            .toArray()
        ).map(({ _id }) => _id)
      return { due: await ids({ 'nested.token': 1 }, 'n'), early: await ids({}, '_id') }
    },
  },
  {
    name: 'an index by which documents expire keeps its time, and takes none that is not over or never ends',
    expected: { after: [30, 30], left: ['later', 'never', 'without'] },
    async run(connection, name) {
      const documents = connection.collection<Doc & { at?: Date | null }>(name)
      const index = () => documents.createIndex({ at: 1 }, { expireAfterSeconds: 30 })
      await index()
      await documents.insertMany([
        { _id: 'later', at: new Date(Date.now() + 3_600_000) },
        { _id: 'never', at: null },
        { _id: 'without' },
      ])
      const after = async () =>
        (await documents.indexes()).flatMap(({ expireAfterSeconds }) => expireAfterSeconds ?? [])
      const before = await after()
      // Every process of the service makes its indexes anew when it starts.
      await index()
      const left = await documents.find().sort({ _id: 1 }).toArray()
      return { after: [...before, ...(await after())], left: left.map(({ _id }) => _id) }
    },
  },
  {
    name: 'a list takes no more than its room, and nothing twice, from many that race',
    expected: { taken: 3, different: 3, counted: 3 },
    async run(connection, name) {
      await on(connection, name).insertOne({ _id: 'agent', n: 3, places: [] })
      const take = (_: unknown, index: number) => {
        const session = `s${index % 8}`
        return on(connection, name).findOneAndUpdate(
          { _id: 'agent', n: 3, 'places.session': { $ne: session }, 'places.2': { $exists: false } },
          { $push: { places: { session, after: 1 } }, $inc: { 'count.n': 1 } },
          { returnDocument: 'after' },
        )
      }
      const taken = await Promise.all(Array.from({ length: 24 }, take))
      const after = await on(connection, name).findOne({ _id: 'agent' })
      return {
        taken: taken.filter(Boolean).length,
        different: new Set(after?.places?.map(({ session }) => session)).size,
        counted: after?.count?.n,
      }
    },
  },
  {
    name: 'an element is taken out of a list by all of its fields, and found by them',
    expected: { wrong: 0, found: ['agent'], left: [{ session: 'b', after: 2 }] },
    async run(connection, name) {
      const places = ['a', 'b'].map((session, index) => ({ session, after: index + 1 }))
      await on(connection, name).createIndex({ 'places.session': 1 })
      await on(connection, name).insertMany([
        { _id: 'agent', places },
        { _id: 'other', places: [] },
      ])
      const pull = (after: number) =>
        on(connection, name).updateOne({ _id: 'agent' }, { $pull: { places: { session: 'a', after } } })
      const wrong = (await pull(2)).modifiedCount
      await pull(1)
      const found = await on(connection, name)
        .find({ 'places.0': { $exists: true }, places: { $elemMatch: { session: 'b', after: 2 } } })
        .toArray()
      const left = (await on(connection, name).findOne({ _id: 'agent' }))?.places
      return { wrong, found: found.map((doc) => doc._id), left }
    },
  },
  {
    name: 'a field that is missing counts as null in the condition of an update',
    expected: [1, 0, 1],
    async run(connection, name) {
      await on(connection, name).insertOne({ _id: 'one' })
      const count = async (seen: number | null) => {
        const condition: Record<string, unknown> = { _id: 'one', 'count.n': seen }
        return (await on(connection, name).updateOne(condition, { $inc: { 'count.n': 1 } })).modifiedCount
      }
      return [await count(null), await count(null), await count(1)]
    },
  },
  {
    name: 'an aggregation groups by a field and takes the greatest of another',
    expected: [
      { _id: 'a', head: 3 },
      { _id: 'b', head: 7 },
    ],
    async run(connection, name) {
      await on(connection, name).insertMany([
        { _id: '1', session: 'a', seq: 1 },
        { _id: '2', session: 'a', seq: 3 },
        { _id: '3', session: 'b', seq: 7 },
        { _id: '4', session: 'c', seq: 9 },
      ])
      const pipeline = [
        { $match: { session: { $in: ['a', 'b'] } } },
        { $group: { _id: '$session', head: { $max: '$seq' } } },
        { $sort: { _id: 1 } },
      ]
      return on(connection, name).aggregate(pipeline).toArray()
    },
  },
  {
    name: 'ranges of many sessions are found in one query that answers index keys alone',
    expected: [
      { session: 'a', seq: 2 },
      { session: 'b', seq: 1 },
    ],
    async run(connection, name) {
      await on(connection, name).insertMany([
        { _id: '1', session: 'a', seq: 1 },
        { _id: '2', session: 'a', seq: 2, text: 'x' },
        { _id: '3', session: 'b', seq: 1, text: 'y' },
      ])
      const ranges = [
        { session: 'a', seq: { $gt: 1, $lte: 201 } },
        { session: 'b', seq: { $gt: 0, $lte: 200 } },
      ]
      return on(connection, name)
        .find({ $or: ranges }, { projection: { _id: 0, session: 1, seq: 1 } })
        .sort({ session: 1 })
        .toArray()
    },
  },
  {
    name: 'a pipeline in a bulk joins what is stored with what is given, which is taken as it is',
    expected: [
      { _id: 'a', text: '$text', terms: ['name', 'new'] },
      { _id: 'b', text: '$text', terms: ['new'] },
    ],
    async run(connection, name) {
      const documents = connection.collection<Doc & { terms: string[]; kept?: string[] }>(name)
      await documents.insertMany([
        { _id: 'a', terms: ['old'], kept: ['name'] },
        { _id: 'b', terms: ['old'] },
      ])
      const terms = { $setUnion: [{ $literal: ['new'] }, { $ifNull: ['$kept', []] }] }
      const update = [{ $set: { terms, text: { $literal: '$text' } } }]
      await documents.bulkWrite(['a', 'b'].map((_id) => ({ updateOne: { filter: { _id }, update } })))
      const found = await documents.find().sort({ _id: 1 }).toArray()
      return found.map(({ _id, text, terms: stored }) => ({ _id, text, terms: stored.toSorted() }))
    },
  },
  {
    name: 'one bulk replaces a document and changes many of a range, in order',
    expected: [
      { _id: 'a', session: 's', seq: 1, text: 'redacted', nested: { token: 1, until: 0 } },
      { _id: 'b', session: 's', seq: 2, text: 'redacted' },
      { _id: 'c', session: 's', seq: 3, text: 'kept' },
    ],
    async run(connection, name) {
      const nested = { token: 1, until: 0 }
      await on(connection, name).insertMany([
        { _id: 'a', session: 's', seq: 1, text: 'said', n: 1 },
        { _id: 'b', session: 's', seq: 2, text: 'said', nested: { ...nested, note: 'gone' } },
        { _id: 'c', session: 's', seq: 3, text: 'kept' },
      ])
      await on(connection, name).bulkWrite([
        { replaceOne: { filter: { _id: 'a' }, replacement: { session: 's', seq: 1, text: 'said', nested } } },
        {
          updateMany: {
            filter: { session: 's', seq: { $lte: 2 } },
            update: { $set: { text: 'redacted' }, $unset: { n: '' } },
          },
        },
        { updateMany: { filter: { session: 's', 'nested.note': 'gone' }, update: { $unset: { nested: '' } } } },
      ])
      const found = await on(connection, name).find().sort({ _id: 1 }).toArray()
      return found.map(({ _id, session, seq, text, nested: left }) => ({ _id, session, seq, text, nested: left }))
    },
  },
  {
    name: 'a document is replaced only while all of it is as it was read',
    expected: { changed: [1, 0, 0], stored: [{ _id: 'a', n: 2, terms: [], nested: { token: 1, until: 2 } }] },
    async run(connection, name) {
      const read = { _id: 'a', n: 1, terms: ['x', 'y'], nested: { token: 1, until: 2 }, text: '' }
      await on(connection, name).insertOne(read)
      const next = { n: 2, terms: [], nested: { token: 1, until: 2 } }
      const replace = async (asRead: Doc) =>
        (await on(connection, name).replaceOne({ ...asRead } as never, next)).matchedCount
      const stale = [read, { _id: 'a', n: 2, terms: [], nested: { token: 1, until: 3 } }]
      const changed = [await replace(read)]
      for (const one of stale) changed.push(await replace(one))
      return { changed, stored: await on(connection, name).find().toArray() }
    },
  },
  {
    name: 'a text is found without regard to case, and nothing that only contains it',
    expected: ['a', 'b'],
    async run(connection, name) {
      await on(connection, name).createIndex({ text: 1 }, { sparse: true })
      await on(connection, name).insertMany([
        { _id: 'a', text: 'ana+1@example.com' },
        { _id: 'b', text: 'Ana+1@Example.com' },
        { _id: 'c', text: 'xana+1@example.com' },
        { _id: 'd' },
      ])
      const found = await on(connection, name)
        .find({ text: { $regex: '^ana\\+1@example\\.com$', $options: 'i' } })
        .sort({ _id: 1 })
        .toArray()
      return found.map((doc) => doc._id)
    },
  },
]
