import { majority, type Operation, on } from './operation.ts'

/** Reads. */
export const reads: readonly Operation[] = [
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
