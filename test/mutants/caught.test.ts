import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import type { MutantName } from './mutants.ts'

const root = resolve(import.meta.dirname, '..', '..')

/** A suite that is green without the break, the part of it that meets the break, and what it has to say. */
interface Trap {
  project: 'chaos' | 'model'
  /** Names of tests, as a pattern. */
  tests: string
  says: RegExp
}

const chaos = (tests: string, says: RegExp): Trap => ({ project: 'chaos', tests, says })
const model = (tests: string): Trap => ({ project: 'model', tests, says: /Property failed after \d+ tests/ })

/** In the model where a fault meets the break only now and then. */
const traps: Record<MutantName, Trap> = {
  'cursor-before-the-call': chaos('kill -9 of a worker before its call', /lost at the (thread|ticket)/),
  'call-not-frozen': model('brings each event'),
  'no-lease': chaos('while nothing is wrong', /(duplicated|out of order) at the (thread|ticket)/),
  'ack-before-commit': model('keeps each acknowledged message'),
  'local-reads': model('.'),
  'catch-up-before-join': model('.'),
  'two-of-a-session-in-a-batch': model('.'),
  'webhook-let-go-before-the-call': chaos(
    'after it called a webhook and before the record|receiver that refuses',
    /lost at the webhook/,
  ),
  'webhook-cursor-first': chaos('writes down whom to tell by webhook', /lost at the webhook/),
  'webhook-order-by-claim': chaos('refuses what comes first', /out of order at the webhook in order/),
  'sweep-inside-the-queue': chaos('FLUSHALL during an outage of slack', /lost at the thread/),
}

/** A whole run of that part, in the state that the break leaves it in. */
async function runOf({ project, tests }: Trap, mutant: string): Promise<{ code: unknown; said: string }> {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const child = spawn(process.execPath, [vitest, 'run', '--project', project, '--no-color', '-t', tests], {
    cwd: root,
    env: {
      ...process.env,
      DESKBRIDGE_MUTANT: mutant,
      DESKBRIDGE_CHAOS_CHATS: '32',
      DESKBRIDGE_CHAOS_PATIENCE_MS: '45000',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [said, failed, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { code, said: said + failed }
}

/** Every second one, from this on; all of them where nothing is said. */
const turn = process.env.DESKBRIDGE_MUTANTS_TURN
const chosen = Object.entries(traps).filter((_, index) => turn === undefined || index % 2 === Number(turn))

it.each(chosen)('%s is caught', async (mutant, trap) => {
  const { code, said } = await runOf(trap, mutant)
  expect({ code, said }).toEqual({ code: 1, said: expect.stringMatching(trap.says) })
})
