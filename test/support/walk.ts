import { Redis } from 'ioredis'
import mongoose from 'mongoose'

/** Every document of the database and every key in Redis that holds one of these words, in whatever field and case. */
export async function placesHolding(
  stores: { mongodbUrl: string; redisUrl: string; redisPrefix: string },
  words: readonly string[],
): Promise<string[]> {
  const holds = (bytes: Uint8Array) => {
    const text = Buffer.from(bytes).toString('utf8').toLowerCase()
    return words.some((word) => text.includes(word.toLowerCase()))
  }
  return [...(await inDatabase(stores.mongodbUrl, holds)), ...(await inRedis(stores, holds))].sort()
}

type Holds = (bytes: Uint8Array) => boolean

async function inDatabase(url: string, holds: Holds): Promise<string[]> {
  const client = await new mongoose.mongo.MongoClient(url).connect()
  const found: string[] = []
  for (const { collectionName } of await client.db().collections()) {
    for await (const document of client.db().collection(collectionName).find())
      if (holds(mongoose.mongo.BSON.serialize(document))) found.push(collectionName)
  }
  await client.close()
  return [...new Set(found)]
}

async function inRedis({ redisUrl, redisPrefix }: { redisUrl: string; redisPrefix: string }, holds: Holds) {
  const redis = new Redis(redisUrl)
  const found: string[] = []
  for await (const keys of redis.scanStream({ match: `*${redisPrefix}*`, count: 1_000 }))
    for (const key of keys as string[])
      if (holds(Buffer.from(JSON.stringify([key, await contentOf(redis, key)])))) found.push(`redis ${key}`)
  redis.disconnect()
  return found
}

/** A kind that is not here fails the walk, rather than passing unseen. */
async function contentOf(redis: Redis, key: string): Promise<unknown> {
  const kind = await redis.type(key)
  switch (kind) {
    case 'none':
      return null
    case 'string':
      return redis.get(key)
    case 'list':
      return redis.lrange(key, 0, -1)
    case 'set':
      return redis.smembers(key)
    case 'zset':
      return redis.zrange(key, 0, '-1')
    case 'hash':
      return redis.hgetall(key)
    case 'stream':
      return redis.xrange(key, '-', '+')
    default:
      throw new Error(`the walk does not know how to read a ${kind}`)
  }
}
