import { isDeepStrictEqual } from 'node:util'
import type { Connection } from 'mongoose'
import { connectMongo } from '../../src/platform/mongo.ts'
import { bulks } from './mongo/bulks.ts'
import { changes } from './mongo/changes.ts'
import { indexes } from './mongo/indexes.ts'
import { lists } from './mongo/lists.ts'
import type { Operation } from './mongo/operation.ts'
import { reads } from './mongo/reads.ts'
import { redisOperations } from './redis-operations.ts'

const mongoOperations = [...reads, ...changes, ...bulks, ...lists, ...indexes]

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null))
const name = () => `c${Math.random().toString(36).slice(2)}`

/** Names of the operations that a store does not do as the project needs it. */
export async function lackingIn(mongodbUrl: string): Promise<string[]> {
  const connection = await connectMongo(mongodbUrl)
  try {
    const lacking: string[] = []
    for (const operation of mongoOperations) if (!(await holds(connection, operation))) lacking.push(operation.name)
    return lacking
  } finally {
    await connection.close()
  }
}

async function holds(connection: Connection, operation: Operation): Promise<boolean> {
  const result = await operation.run(connection, name()).catch((error: unknown) => String(error))
  return isDeepStrictEqual(plain(result), operation.expected)
}

export async function lackingInRedis(url: string, prefix: string): Promise<string[]> {
  const lacking: string[] = []
  for (const operation of redisOperations) {
    const result = await inTime(operation.run(url, `${prefix}${name()}`)).catch((error: unknown) => String(error))
    if (!isDeepStrictEqual(plain(result), operation.expected)) lacking.push(operation.name)
  }
  return lacking
}

/** A store that never answers lacks the operation as well. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('no answer')), 6_000)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
