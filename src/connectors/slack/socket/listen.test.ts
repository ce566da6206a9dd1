import { expect, it } from 'vitest'
import { createLogger } from '../../../platform/log-output.ts'
import { SlackProblem } from '../problem.ts'
import type { Connect } from './connection.ts'
import type { Ending } from './ending.ts'
import { listenToSlack } from './listen.ts'

type Attempt = { afterMs: number } & ({ fails: Ending } | { lastsMs: number; ends: Ending })

/** What is told and looked up while attempts go as they are given, and then one that holds. */
async function listened(...attempts: Attempt[]) {
  let now = 0
  let looks = 0
  const lines: string[] = []
  const held = Promise.withResolvers<void>()
  const open = (ending: Promise<Ending>) => ({
    kind: 'open' as const,
    connection: { ending, retire: async () => {}, close: async () => {} },
  })
  const connect: Connect = async () => {
    const attempt = attempts.shift()
    now += attempt?.afterMs ?? 0
    if (!attempt) {
      held.resolve()
      return open(new Promise(() => {}))
    }
    if ('fails' in attempt) return attempt.fails
    const ended = async () => {
      now += attempt.lastsMs
      return attempt.ends
    }
    return open(new Promise((resolve) => setImmediate(() => resolve(ended()))))
  }
  const listening = listenToSlack({
    connect,
    retryDelay: () => 0,
    take: async () => {},
    missed: async () => (looks += 1),
    now: () => now,
    logger: createLogger('info', { write: (line) => void lines.push(JSON.parse(line).msg) }),
  })
  await held.promise
  await listening.stop()
  return { looks, lines }
}

const lost: Ending = { kind: 'lost' }
const refresh: Ending = { kind: 'told', reason: 'refresh_requested' }
const refused: Ending = {
  kind: 'refused',
  problem: new SlackProblem('apps.connections.open', { kind: 'refusal', code: 'invalid_auth' }),
}
const connected = 'slack: connected by Socket Mode'
const isRefused = 'slack: Socket Mode: apps.connections.open: Slack refused: invalid_auth'

it('says nothing of connections that Slack renews', async () => {
  const held = { afterMs: 0, lastsMs: 60_000, ends: refresh }
  expect(await listened(held, held)).toEqual({ looks: 0, lines: [connected] })
})

it('says once what is wrong, and that it is over', async () => {
  const fails = { afterMs: 1_000, fails: refused }
  const held = { afterMs: 0, lastsMs: 60_000, ends: lost }
  expect((await listened(held, fails, fails, fails, held)).lines).toEqual([connected, isRefused, connected])
})

it('has looked up what Slack may have given up meanwhile', async () => {
  const held = (afterMs: number): Attempt => ({ afterMs, lastsMs: 60_000, ends: lost })
  expect((await listened(held(0), held(20_000), held(20_001))).looks).toBe(1)
})
