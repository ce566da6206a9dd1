import { type Entry, idOf } from '../../../core/outbox/entries.ts'

/** Entries: at the end of a chat more than `most` are cut to `kept`, and so many are shown again at a time. */
const most = 120
const kept = 60

/** Where what is shown begins. `from`: the id of its first; without one all is shown. */
export const startOf = (entries: readonly Entry[], from: string | undefined): number =>
  from === undefined
    ? 0
    : Math.max(
        0,
        entries.findIndex((entry) => idOf(entry) === from),
      )

const idAt = (entries: readonly Entry[], at: number) => {
  const entry = at > 0 ? entries[at] : undefined
  return entry && idOf(entry)
}

/** The first when one goes back. */
export const startBefore = (entries: readonly Entry[], start: number): string | undefined => idAt(entries, start - kept)

/** The first when one is at the end; undefined: it stays what it was. Whatever is laid out is paid for with each message. */
export const cutFrom = (entries: readonly Entry[], start: number): string | undefined =>
  entries.length - start > most ? idAt(entries, entries.length - kept) : undefined
