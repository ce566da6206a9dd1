import { isDeepStrictEqual } from 'node:util'

/** Only these are sent, so that the audit log and the conflicts are of what was meant. */
export function changedSettings(kept: object, wanted: object): object {
  const there = new Map<string, unknown>(Object.entries(kept))
  return Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => !isDeepStrictEqual(value, there.get(name))),
  )
}
