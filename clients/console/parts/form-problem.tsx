import { Icon } from '../frame/icon.tsx'
import type { Problem } from '../frame/problem.ts'

/** Why a form was not taken, as a whole. */
export function FormProblem({ problem }: { problem: Problem | null }) {
  if (!problem) return null
  return (
    <div class="notice bad" role="alert" data-test="form-problem">
      <Icon name="warn" />
      <p>{problem.faults.length > 0 ? 'Some fields need another look.' : problem.message}</p>
    </div>
  )
}
