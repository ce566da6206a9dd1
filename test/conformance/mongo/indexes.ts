import { type Doc, type Operation, on } from './operation.ts'

/** What indexes promise. */
export const indexes: readonly Operation[] = [
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
]
