import { groupOf } from '../events/event-type.ts'

const wholeGroup = (group: string) => `${group}.*`

/** Whether an endpoint with these patterns is told of all that a pattern stands for. */
export function covers(chosen: readonly string[], pattern: string): boolean {
  return chosen.includes('*') || chosen.includes(pattern) || chosen.includes(wholeGroup(groupOf(pattern)))
}

/** Whether it is told of some of a group. */
export const touches = (chosen: readonly string[], group: string): boolean =>
  chosen.includes('*') || chosen.some((pattern) => groupOf(pattern) === group)

/** With all that a pattern stands for, and nothing twice. */
export function add(chosen: readonly string[], pattern: string): string[] {
  if (pattern === '*') return ['*']
  const isWithin = (one: string) => pattern.endsWith('.*') && groupOf(one) === groupOf(pattern)
  return [...chosen.filter((one) => !isWithin(one)), pattern]
}

/** Without what a pattern stands for: a wider one becomes the rest of what it stood for. */
export function takeOut(chosen: readonly string[], pattern: string, types: readonly string[]): string[] {
  if (pattern === '*') return []
  const group = groupOf(pattern)
  const groups = [...new Set(types.map(groupOf))]
  const narrowed = chosen.flatMap((one) => (one === '*' ? groups.map(wholeGroup) : [one]))
  if (pattern === wholeGroup(group)) return narrowed.filter((one) => groupOf(one) !== group)
  return narrowed
    .flatMap((one) => (one === wholeGroup(group) ? types.filter((type) => groupOf(type) === group) : [one]))
    .filter((one) => one !== pattern)
}
