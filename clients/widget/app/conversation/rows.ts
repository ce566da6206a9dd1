import { type Entry, idOf } from '../../../core/outbox/entries.ts'

/** One thing in the list. `isFirst` and `isLast`: of what one author wrote in a row; `tellsWhen`: its time and state stand below it. */
export type Row =
  | { kind: 'day'; id: string; at: string }
  | { kind: 'entry'; id: string; entry: Entry; isFirst: boolean; isLast: boolean; tellsWhen: boolean }

/** Whoever was silent for longer begins anew. ms */
const inARowMs = 300_000

/** `dayOf`: the day of a moment where the reader is. */
export function rowsOf(entries: readonly Entry[], dayOf: (iso: string) => string): Row[] {
  const all = entries.map((entry) => {
    const at = atOf(entry)
    return { entry, at, day: dayOf(at), author: authorOf(entry) }
  })
  return all.flatMap((one, index): Row[] => {
    const { entry, at, day } = one
    const [before, after] = [all[index - 1], all[index + 1]]
    const isLast = !isInARow(one, after)
    const row: Row = {
      ...{ kind: 'entry', id: idOf(entry), entry, isLast },
      isFirst: !isInARow(one, before),
      tellsWhen: isLast || isEdited(entry) || entry.state !== after?.entry.state || entry.state === 'failed',
    }
    return before?.day === day ? [row] : [{ kind: 'day', id: `day ${day}`, at }, row]
  })
}

interface Told {
  at: string
  day: string
  author: string
}

/** Whichever of them was first. */
const isInARow = (one: Told, other: Told | undefined): boolean =>
  one.day === other?.day &&
  one.author === other.author &&
  Math.abs(Date.parse(one.at) - Date.parse(other.at)) < inARowMs

const isEdited = (entry: Entry): boolean =>
  entry.kind === 'stored' && entry.message.editedAt !== null && !entry.message.deleted

/** One name may be several people's, and one id several names' over time. */
function authorOf(entry: Entry): string {
  if (entry.kind !== 'stored' || entry.message.senderType === 'visitor') return 'visitor'
  const { senderType, senderId, senderName } = entry.message
  return `${senderType} ${senderId} ${senderName}`
}

function atOf(entry: Entry): string {
  switch (entry.kind) {
    case 'stored':
      return entry.message.createdAt
    case 'pending':
      return entry.pending.writtenAt
    case 'upload':
      return entry.upload.writtenAt
  }
}
