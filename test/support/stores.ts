import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import mongoose from 'mongoose'

const given = (name: 'MONGODB_URL' | 'REDIS_URL'): string => {
  const url = process.env[name]
  if (!url) throw new Error(`${name} is not set: run the tests with bin/test, which starts the stores.`)
  return url
}

/** A database and a Redis prefix of a test's own, on the servers that the run started. */
export async function freshStores() {
  const name = `t${randomUUID().replaceAll('-', '').slice(0, 20)}`
  const url = new URL(given('MONGODB_URL'))
  url.pathname = `/${name}`
  const mongodbUrl = url.toString()
  const redisUrl = given('REDIS_URL')
  return {
    mongodbUrl,
    redisUrl,
    redisPrefix: name,
    async drop() {
      const client = await new mongoose.mongo.MongoClient(mongodbUrl).connect()
      await client.db().dropDatabase()
      await client.close()
      await removeKeys(redisUrl, name)
    },
  }
}

async function removeKeys(redisUrl: string, prefix: string): Promise<void> {
  const redis = new Redis(redisUrl)
  for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 1_000 })) {
    if (keys.length > 0) await redis.del(...keys)
  }
  redis.disconnect()
}

export type FreshStores = Awaited<ReturnType<typeof freshStores>>
