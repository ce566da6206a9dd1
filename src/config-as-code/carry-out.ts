import { DeskbridgeError } from '../contract/errors.ts'
import type { Difference } from './plan-items.ts'

const done = { create: 'created', change: 'changed', remove: 'removed' } as const

/** One after the other. The first that fails ends it: what was done stays, and what was not is told, with the error. */
export async function carryOut(differences: readonly Difference[], print: (line: string) => void): Promise<void> {
  for (const [index, step] of differences.entries()) {
    try {
      await step.carryOut()
    } catch (error) {
      for (const { title } of differences.slice(index + 1)) print(`· not done: ${title}`)
      throw error instanceof DeskbridgeError ? stopped(step, error, index) : error
    }
    print(`✓ ${done[step.kind]} ${step.title}`)
    if (step.kind === 'create' && step.advice !== null) print(`  ${step.advice}`)
  }
}

function stopped({ title }: Difference, cause: DeskbridgeError, before: number): DeskbridgeError {
  const { code, details } = cause
  const message = `${title}: ${reason(cause)} ${before} done before it ${before === 1 ? 'stays' : 'stay'}. Run it again to go on.`
  return new DeskbridgeError(code, { message, details, cause })
}

function reason({ code, message }: DeskbridgeError): string {
  switch (code) {
    case 'version_conflict':
    case 'already_exists':
    case 'not_found':
      return 'somebody changed it meanwhile, and it was left as it is.'
    case 'unavailable':
    case 'internal':
      return `${message} It may have been done or not.`
    default:
      return message
  }
}
