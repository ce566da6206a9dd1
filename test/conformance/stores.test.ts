import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FreshStores, freshStores } from '../support/stores.ts'
import { breakMongo, breakRedis } from './breaking-proxy.ts'
import { lackingIn, lackingInRedis } from './lacking.ts'

let stores: FreshStores
beforeAll(async () => {
  stores = await freshStores()
})
afterAll(() => stores.drop())

it('lacks nothing that the project needs', async () => {
  expect([await lackingIn(stores.mongodbUrl), await lackingInRedis(stores.redisUrl, stores.redisPrefix)]).toEqual([
    [],
    [],
  ])
})

type Doc = Record<string, unknown>
const isDoc = (value: unknown): value is Doc => typeof value === 'object' && value !== null && !Array.isArray(value)
const without = (doc: unknown, ...fields: string[]): Doc =>
  Object.fromEntries(Object.entries(isDoc(doc) ? doc : {}).filter(([field]) => !fields.includes(field)))
const each = (list: unknown, change: (one: Doc) => Doc): unknown[] => (Array.isArray(list) ? list.map(change) : [])

it.each<[string, (command: Doc) => Doc, string]>([
  [
    'inserts in order',
    (command) => ('insert' in command ? { ...command, ordered: true } : command),
    'an unordered insert goes on',
  ],
  [
    'forgets that an index is unique',
    (command) =>
      'createIndexes' in command
        ? { ...command, indexes: each(command.indexes, (index) => without(index, 'unique')) }
        : command,
    'an unordered insert goes on',
  ],
  [
    'sorts the wrong way round',
    (command) => ('find' in command && isDoc(command.sort) ? { ...command, sort: { seq: -1 } } : command),
    'a range of a compound index',
  ],
  [
    'ignores a condition of a find-and-update',
    (command) => ('findAndModify' in command ? { ...command, query: without(command.query, 'nested.until') } : command),
    'takes effect for one of many',
  ],
  [
    'answers the document from before',
    (command) => ('findAndModify' in command ? { ...command, new: false } : command),
    'answers the document as it is afterwards',
  ],
  [
    'keeps what it hands out',
    (command) =>
      'findAndModify' in command && command.remove === true
        ? { ...command, remove: false, update: { $set: { seen: true } } }
        : command,
    'a find-and-delete hands a document to one',
  ],
  [
    'takes no field away',
    (command) =>
      'update' in command
        ? {
            ...command,
            updates: each(command.updates, (one) =>
              isDoc(one.u) && isDoc(one.u.$unset) ? { ...one, u: { $set: { seen: true } } } : one,
            ),
          }
        : command,
    'a field is taken away',
  ],
  [
    'ignores a condition of an update',
    (command) =>
      'update' in command
        ? { ...command, updates: each(command.updates, (one) => ({ ...one, q: without(one.q, 'nested.token') })) }
        : command,
    'whose condition does not hold',
  ],
  [
    'compares no lists and no documents within a document',
    (command) =>
      'update' in command
        ? { ...command, updates: each(command.updates, (one) => ({ ...one, q: without(one.q, 'nested') })) }
        : command,
    'only while all of it is as it was read',
  ],
  [
    'takes the latest for the greatest',
    (command) =>
      'update' in command
        ? {
            ...command,
            updates: each(command.updates, (one) =>
              isDoc(one.u) && isDoc(one.u.$max) ? { ...one, u: { ...without(one.u, '$max'), $set: one.u.$max } } : one,
            ),
          }
        : command,
    'keeps the greatest value',
  ],
  [
    'does not upsert',
    (command) =>
      'update' in command
        ? { ...command, updates: each(command.updates, (one) => ({ ...one, upsert: false })) }
        : command,
    'upserts that race',
  ],
  [
    'makes a partial index a whole one',
    (command) =>
      'createIndexes' in command
        ? { ...command, indexes: each(command.indexes, (index) => without(index, 'partialFilterExpression')) }
        : command,
    'a unique partial index',
  ],
  [
    'ignores a condition of a find',
    (command) => ('find' in command ? { ...command, filter: without(command.filter, 'text') } : command),
    'a find leaves out one value',
  ],
  [
    'takes one value of many that are left out for the list itself',
    (command) =>
      'find' in command && isDoc(command.filter) && isDoc(command.filter.terms) && '$nin' in command.filter.terms
        ? { ...command, filter: { terms: { $ne: command.filter.terms.$nin } } }
        : command,
    'leaves out every list that holds a value',
  ],
  [
    'finds nothing under a partial index',
    (command) =>
      'find' in command && isDoc(command.filter) && 'nested.token' in command.filter && 'n' in command.filter
        ? { ...command, filter: { ...command.filter, n: { $lte: -1 } } }
        : command,
    'what comes under a partial index',
  ],
  [
    'knows no index by which documents expire',
    (command) =>
      'createIndexes' in command
        ? { ...command, indexes: each(command.indexes, (index) => without(index, 'expireAfterSeconds')) }
        : command,
    'an index by which documents expire',
  ],
  [
    'leaves out a stage of an aggregation',
    (command) =>
      'aggregate' in command && Array.isArray(command.pipeline)
        ? { ...command, pipeline: command.pipeline.slice(1) }
        : command,
    'an aggregation groups',
  ],
  [
    'takes the elements of a list for one',
    (command) =>
      'find' in command
        ? {
            ...command,
            filter: JSON.parse(JSON.stringify(command.filter), (_key, value) =>
              isDoc(value) ? (value.$elemMatch ?? value) : value,
            ),
          }
        : command,
    'one and the same element',
  ],
  [
    'ignores a projection',
    (command) => ('find' in command ? without(command, 'projection') : command),
    'answers index keys alone',
  ],
])('names what a store lacks that %s', async (_fault, rewrite, name) => {
  const broken = await breakMongo(stores.mongodbUrl, rewrite)
  const lacking = await lackingIn(broken.url)
  await broken.close()
  expect(lacking).toEqual(expect.arrayContaining([expect.stringContaining(name)]))
})

it('finds nothing through a proxy that changes nothing', async () => {
  const whole = await breakMongo(stores.mongodbUrl, (command) => command)
  const lacking = await lackingIn(whole.url)
  await whole.close()
  expect(lacking).toEqual([])
})

it.each([
  ['TIME', 'a script reads the server clock'],
  ['publish', 'what is published'],
  ['bzpopmin', 'a job that is rung for'],
])('names what a store without %s lacks', async (word, name) => {
  const broken = await breakRedis(stores.redisUrl, word)
  const lacking = await lackingInRedis(broken.url, stores.redisPrefix)
  await broken.close()
  expect(lacking).toEqual(expect.arrayContaining([expect.stringContaining(name)]))
})
