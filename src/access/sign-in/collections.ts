import { type Connection, type mongo, Schema } from 'mongoose'
import { auditModel } from '../audit/entries.ts'
import { keyModel } from '../keys/stored.ts'
import { answerModel } from '../once/answers.ts'

/** Where the library keeps what it signs in with; its users are the agents themselves. */
export const collections = {
  session: 'signInSessions',
  way: 'signInWays',
  verification: 'signInVerifications',
} as const

type Index = readonly [Record<string, 1>, { unique?: true; expireAfterSeconds?: 0 }]

const indexed = (name: string, collection: string, indexes: readonly Index[]) => (connection: Connection) => {
  const schema = new Schema({ _id: String }, { versionKey: false, strict: false })
  for (const [fields, options] of indexes) schema.index(fields, options)
  return connection.model(name, schema, collection)
}
const untilExpired: Index = [{ expiresAt: 1 }, { expireAfterSeconds: 0 }]

export const accessModels = [
  keyModel,
  answerModel,
  auditModel,
  indexed('SignInSession', collections.session, [[{ token: 1 }, { unique: true }], [{ userId: 1 }, {}], untilExpired]),
  indexed('SignInWay', collections.way, [
    [{ providerId: 1, accountId: 1 }, { unique: true }],
    [{ userId: 1 }, {}],
  ]),
  indexed('SignInVerification', collections.verification, [[{ identifier: 1 }, {}], untilExpired]),
]

/**
 * The database without a way to make indexes: ours are made at the start like all others, the library's whenever it comes
 * to be, even while a command ends and the connection closes.
 */
export const withoutIndexes = (db: mongo.Db): mongo.Db =>
  instead(db, 'collection', (name: string) => instead(db.collection(name), 'createIndex', async () => 'ours'))

/** The same object, but for one method. */
const instead = <T extends object>(whole: T, method: keyof T, own: (name: string) => unknown): T =>
  new Proxy(whole, {
    get(target, name) {
      if (name === method) return own
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
