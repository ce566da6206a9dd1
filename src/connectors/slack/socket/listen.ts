import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from '../../../platform/log-output.ts'
import type { Connect, Connection, Take } from './connection.ts'
import { type Ending, nextAttempt, wordsFor } from './ending.ts'

export interface Listening {
  /** Takes nothing more, and waits for what was taken. */
  stop(): Promise<void>
}

export interface ListenDeps {
  connect: Connect
  /** ms to wait after so many failures in a row. */
  retryDelay(failures: number): number
  take: Take
  /** There was no connection for so long that Slack may have given something up. */
  missed(): Promise<unknown>
  now(): number
  logger: Logger
}

/** Slack pushes again at once, and then only after a minute. ms */
const bridgedMs = 20_000

/** Keeps a connection to Slack open. One that is about to end is used until the next one is there. */
export function listenToSlack({ connect, retryDelay, take, missed, now, logger }: ListenDeps): Listening {
  const stopping = new AbortController()
  const { signal } = stopping
  const stopped = new Promise<Ending>((resolve) => signal.addEventListener('abort', () => resolve({ kind: 'lost' })))
  const open = new Set<Connection>()
  const tell = createTelling(logger)
  let goneSince = now()

  const retire = async (connection: Connection) => {
    await connection.retire()
    open.delete(connection)
  }

  /** Until it is of no more use. */
  const holdOne = async (): Promise<{ ending: Ending; lastedMs: number }> => {
    const attempt = await connect(take, signal)
    if (attempt.kind !== 'open') return { ending: attempt, lastedMs: 0 }
    const since = now()
    for (const before of open) void retire(before)
    open.add(attempt.connection)
    tell.connected()
    if (since - goneSince > bridgedMs)
      void missed().catch((err) => logger.warn({ err }, 'slack: not looked at what was missed'))
    const ending = await Promise.race([attempt.connection.ending, stopped])
    goneSince = now()
    return { ending, lastedMs: goneSince - since }
  }

  const run = async () => {
    let failures = 0
    while (!signal.aborted) {
      const { ending, lastedMs } = await holdOne()
      if (signal.aborted) return
      const next = nextAttempt(ending, { failures, lastedMs }, retryDelay)
      tell.ended(ending, next.failures)
      failures = next.failures
      await wait(next.waitMs, undefined, { signal }).catch(() => {})
    }
  }

  const running = run()
  return {
    async stop() {
      stopping.abort()
      await running
      await Promise.all([...open].map((connection) => connection.close()))
    },
  }
}

/** Each trouble is told once, until a connection has held. */
function createTelling(logger: Logger) {
  /** Null: a connection has held, and nothing was told since. */
  let told: string | null = ''
  return {
    connected() {
      if (told !== null) logger.info('slack: connected by Socket Mode')
    },
    ended(ending: Ending, failures: number) {
      if (failures === 0) told = null
      const words = wordsFor(ending, failures)
      if (words === null || words.what === told) return
      told = words.what
      logger.warn({ todo: words.todo }, `slack: Socket Mode: ${words.what}`)
    },
  }
}
