import { type Operation, on } from './operation.ts'

/** Lists in a document. */
export const lists: readonly Operation[] = [
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
]
