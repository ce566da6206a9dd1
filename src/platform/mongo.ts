import mongoose, { type Connection } from 'mongoose'

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
