import type { Redis } from 'ioredis'
import type { Connection } from 'mongoose'
import { z } from 'zod'
import { type Finding, ok, problem, warning } from '../platform/finding.ts'

const Hello = z.object({ setName: z.string().optional(), msg: z.string().optional() })

/** Whether the log is safe in this store. */
export async function examineMongo(connection: Connection): Promise<Finding[]> {
  const hello = Hello.parse(await connection.db?.admin().command({ hello: 1 }))
  const isReplicated = hello.setName !== undefined || hello.msg === 'isdbgrid'
  if (isReplicated) return [ok('MongoDB is a replica set')]
  return [
    warning(
      'MongoDB is one server: a message is acknowledged when that server has it on its disk',
      'Use a replica set, so that a lost disk loses nothing.',
    ),
  ]
}

/** Whether Redis keeps what waits there. Nothing of the promise hangs on it, only how soon things arrive. */
export async function examineRedis(redis: Redis): Promise<Finding[]> {
  const policy = /maxmemory_policy:(\S+)/.exec(await redis.info('memory'))?.[1]
  if (policy === 'noeviction') return [ok('Redis evicts nothing')]
  return [
    problem(
      `Redis may evict what waits in the queue (maxmemory-policy ${policy ?? 'unknown'})`,
      'Set maxmemory-policy to noeviction.',
    ),
  ]
}
