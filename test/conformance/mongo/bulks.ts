import { type Doc, type Operation, on } from './operation.ts'

/** Many writes at once. */
export const bulks: readonly Operation[] = [
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
]
