import type { AuditFields } from '../../../src/contract/audit.ts'

/** One thing that changed, as people read it. Null: it was not there, or is there no more. */
export interface Difference {
  /** `look.color`, down to what differs. */
  path: string
  before: string | null
  after: string | null
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isGroupOrNothing = (value: unknown): boolean => value === undefined || value === null || isRecord(value)

/** Each value that differs, however deep it lies; a list is one value. */
export function differencesOf(before: AuditFields, after: AuditFields): Difference[] {
  return compare('', before ?? {}, after ?? {})
}

function compare(at: string, before: Record<string, unknown>, after: Record<string, unknown>): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((name) => {
    const path = at === '' ? name : `${at}.${name}`
    const [was, is] = [before[name], after[name]]
    if ([was, is].some(isRecord) && [was, is].every(isGroupOrNothing))
      return compare(path, isRecord(was) ? was : {}, isRecord(is) ? is : {})
    const [earlier, now] = [textOf(was), textOf(is)]
    return earlier === now ? [] : [{ path, before: earlier, after: now }]
  })
}

function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(', ')
  return JSON.stringify(value, null, 1)
}
