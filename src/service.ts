import { hostname } from 'node:os'
import { compose, type Parts } from './compose.ts'
import { standUp } from './nodes/stand-up.ts'
import type { Now } from './platform/clock.ts'
import type { Logger } from './platform/log-output.ts'
import { every } from './platform/periodic.ts'
import type { Config } from './platform/settings.ts'
import { version } from './platform/version.ts'
import { within } from './platform/within.ts'
import { serve } from './serve.ts'
import { work } from './work.ts'

export interface Service {
  /** The port that it listens on; null in the role `worker`. */
  port: number | null
  /** Lets work under way end, for a limited time. */
  stop(): Promise<void>
}

/** Starts what the role asks for. */
export async function startService(config: Config, deps: { now: Now; logger: Logger }): Promise<Service> {
  const parts = await compose(config, deps)
  const { times } = config
  let draining = false
  const mending = mendLog(parts)
  const serving = config.role === 'worker' ? null : await serve(parts, () => draining)
  const working = config.role === 'api' ? [] : work(parts)
  const node = stand(parts)
  return {
    port: serving?.port ?? null,
    async stop() {
      draining = true
      await within(times.drain, node.draining())
      for (const stop of [...mending, ...(serving?.stops ?? []), ...working]) await stop()
      await settle(parts)
      await within(times.drain, node.leave())
      await letGo(parts)
    },
  }
}

/** What was made of the log by an older version is made again, and what a repair of another process asks for. */
function mendLog({ log, config, onError }: Parts): readonly (() => Promise<unknown>)[] {
  const stale = new AbortController()
  const remade = log.remakeStale(stale.signal).catch(onError)
  const heeding = every(config.times.heal, log.heedRepairs, onError)
  return [
    () => {
      stale.abort()
      return remade
    },
    heeding.stop,
  ]
}

const stand = ({ registry, self, config, chat, now, onError }: Parts) =>
  standUp({
    registry,
    node: {
      id: self,
      ...{ role: config.role, version, host: hostname(), pid: process.pid },
      capacity: config.role === 'worker' ? null : config.limits.maxConnections,
      startedAt: new Date(now()),
    },
    connections: chat.connections,
    heartbeatMs: config.times.heartbeat,
    onError,
  })

async function settle({ config, webhooks, bridge, log }: Parts): Promise<void> {
  const { drain } = config.times
  await webhooks.stop(drain)
  await Promise.all([bridge.settled(), webhooks.settled()])
  await within(drain, log.projected())
}

async function letGo({ teamMails, queue, webhookQueue, redis, connection, onError }: Parts): Promise<void> {
  teamMails?.close()
  await Promise.all([queue.close(), webhookQueue.close()]).catch(onError)
  for (const one of [redis.producer, redis.blocking, redis.subscriber]) one.disconnect()
  await connection.close()
}
