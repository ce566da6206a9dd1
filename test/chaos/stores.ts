import { join, resolve } from 'node:path'
import { startStores } from '../../stores/start.ts'

const root = resolve(import.meta.dirname, '..', '..')

export type StoreName = 'mongo' | 'redis'

/** Stores of the run's own, which can be killed and started again on their data. */
export async function ownStores(data: string) {
  const { MONGODB_URL: _mongo, REDIS_URL: _redis, ...env } = process.env
  const packages = join(root, '.deskbridge', 'python')
  const stores = await startStores({ env, data, packages, say: console.log })

  return {
    names: `${stores.mongo.name}, ${stores.redis.name}`,
    mongodbUrl: stores.mongo.url,
    redisUrl: stores.redis.url,
    /** As a power cut. */
    async kill(name: StoreName) {
      stores[name].running?.kill('SIGKILL')
      await stores[name].running?.ended
    },
    async start(name: StoreName) {
      stores[name] = await stores[name].again()
    },
    stop: () => Promise.all([stores.mongo.running?.stop(), stores.redis.running?.stop()]),
  }
}
