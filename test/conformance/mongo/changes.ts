import { type Doc, type Operation, on } from './operation.ts'

/** Changes of one document, with a condition. */
export const changes: readonly Operation[] = [
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
]
