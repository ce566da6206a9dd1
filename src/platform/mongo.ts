import mongoose, { type Connection, type Schema } from 'mongoose'

/**
 * A connection of its own, none shared through the module. Writes are acknowledged by a majority's journal and reads come
 * from the primary: the log's promise stands on both.
 */
export async function connectMongo(url: string): Promise<Connection> {
  const connection = mongoose.createConnection(url, {
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
    readPreference: 'primary',
    serverSelectionTimeoutMS: 5_000,
    maxPoolSize: 50,
    autoIndex: false,
  })
  connection.set('strictQuery', true)
  connection.set('sanitizeFilter', true)
  return connection.asPromise()
}

/** A collection with its indexes, as `connection.model` gives it. */
type Opens = (connection: Connection) => { schema: Schema; collection: { name: string } }

/** Every index of these, with one command for each collection. */
export async function createIndexes(connection: Connection, models: readonly Opens[]): Promise<void> {
  const byCollection = Map.groupBy(
    models.map((model) => model(connection)),
    ({ collection }) => collection.name,
  )
  const create = async ([name, of]: [string, readonly ReturnType<Opens>[]]) => {
    const indexes = of.flatMap(({ schema }) => schema.indexes().map(([key, options]) => ({ ...options, key })))
    // Mongoose's words for a direction are more than the driver's, which none of ours are.
    if (indexes.length > 0)
      await connection.collection(name).createIndexes(indexes as mongoose.mongo.IndexDescription[])
  }
  await Promise.all([...byCollection].map(create))
}
