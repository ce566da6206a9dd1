import { isDeepStrictEqual } from 'node:util'
import type { AuditFields } from '../../contract/audit.ts'

/** Of two states what differs, so that a long one does not hide a small change. */
export function differences(before: AuditFields, after: AuditFields): { before: AuditFields; after: AuditFields } {
  if (!before || !after) return { before, after }
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const changed = names.filter((name) => !isDeepStrictEqual(before[name], after[name]))
  const only = (state: Record<string, unknown>) =>
    Object.fromEntries(changed.filter((name) => name in state).map((name) => [name, state[name]]))
  return { before: only(before), after: only(after) }
}
