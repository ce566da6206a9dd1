import type { Setup, SetupStep } from '../../contract/setup.ts'
import { isFresh, type Wait } from '../../platform/clock.ts'
import { saying } from '../../platform/finding.ts'
import { type Seen, type Step, unknown } from './step.ts'

export interface SetupDeps {
  steps: readonly Step[]
  /** Of one step. */
  limitMs: number
  now(): number
  wait: Wait
}

/** Looking asks Slack and Zendesk, which count what they are asked. ms */
const freshMs = 30_000

/** How far the installation is set up; all steps are looked at beside each other, each for a limited time. */
export function createSetup(deps: SetupDeps) {
  const { steps, now } = deps
  let known: { at: number; setup: Promise<Setup> } | null = null
  const look = async (at: number): Promise<Setup> => ({
    steps: await Promise.all(steps.map((step) => stateOf(deps, step))),
    lookedAt: new Date(at).toISOString(),
  })
  return (): Promise<Setup> => {
    if (known && isFresh(known.at, now(), freshMs)) return known.setup
    const at = now()
    known = { at, setup: look(at) }
    return known.setup
  }
}

async function stateOf({ limitMs, wait }: { limitMs: number; wait: Wait }, step: Step): Promise<SetupStep> {
  const over = new AbortController()
  const late = wait(limitMs, over.signal).then(() => unknown('it could not be found out in time', again))
  const failed = (error: unknown) => unknown(`it could not be found out: ${saying(error)}`, again)
  const seen = await Promise.race([step.look().catch(failed), late])
  over.abort()
  return shown(step, seen)
}

const again = 'Look again in a minute; bin/deskbridge doctor takes its time and says more.'

const shown = ({ id, title, isOptional }: Step, { findings = [], ...seen }: Seen): SetupStep => ({
  ...{ id, title, isOptional, ...seen },
  findings: findings.map(({ level, what, todo = null }) => ({ level, what, todo })),
})
