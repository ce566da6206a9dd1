import type { AdminApi } from './admin-api.ts'
import { carryOut } from './carry-out.ts'
import { parseFile } from './parse-file.ts'
import { planConfig } from './plan-config.ts'
import type { Section } from './section.ts'
import { showPlan, type Tone } from './show-plan.ts'

export interface Terminal {
  print(line: string, tone?: Tone | null): void
  /** Null: there is nobody who could answer. */
  ask: ((question: string) => Promise<boolean>) | null
}

interface Options {
  prune: boolean
  /** Shows what would be done, and asks nobody. */
  dryRun: boolean
  /** Does it without asking. */
  yes: boolean
}

/** `shown`: there are differences, and nothing was done about them. */
export type Outcome = 'nothing' | 'shown' | 'done'

/** Makes an installation like a file. Throws `invalid_input` before anything is done, and the errors of the API. */
export async function applyConfig(
  { api, sections, terminal }: { api: AdminApi; sections: readonly Section[]; terminal: Terminal },
  text: string,
  options: Options,
): Promise<Outcome> {
  const steps = await planConfig(api, sections, parseFile(text, sections), options.prune)
  for (const line of showPlan(steps)) terminal.print(line.text, line.tone)
  const differences = steps.filter((step) => step.kind !== 'kept')
  if (differences.length === 0) return 'nothing'
  if (!(await isWanted(terminal, options))) return 'shown'
  await carryOut(differences, (line) => terminal.print(line))
  return 'done'
}

async function isWanted({ print, ask }: Terminal, { dryRun, yes }: Options): Promise<boolean> {
  if (dryRun) return false
  if (yes) return true
  if (ask) return ask('Do it?')
  print('Nothing was done: --yes does it where nobody can be asked.')
  return false
}
