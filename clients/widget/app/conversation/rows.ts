import { type Entry, idOf } from '../../../core/entries.ts'

/** One thing in the list. `isFirst` and `isLast`: of what one author wrote in a row; `tellsWhen`: its time and state stand below it. */
export type Row =
  | { kind: 'day'; id: string; at: string }
  | { kind: 'entry'; id: string; entry: Entry; isFirst: boolean; isLast: boolean; tellsWhen: boolean }

/** Whoever was silent for longer begins anew. ms */
const inARowMs = 300_000

/** `dayOf`: the day of a moment where the reader is. */
export function rowsOf(entries: readonly Entry[], dayOf: (iso: string) => string): Row[] {
  return entries.flatMap((entry, index): Row[] => {
    const [before, after] = [entries[index - 1], entries[index + 1]]
    const isNewDay = !before || dayOf(atOf(before)) !== dayOf(atOf(entry))
    const endsDay = !after || dayOf(atOf(after)) !== dayOf(atOf(entry))
    const isLast = endsDay || !isInARow(entry, after)
    const row: Row = {
      ...{ kind: 'entry', id: idOf(entry), entry, isLast },
      isFirst: isNewDay || !isInARow(before, entry),
      tellsWhen: isLast || isEdited(entry) || entry.state !== after.state || entry.state === 'failed',
    }
    return isNewDay ? [{ kind: 'day', id: `day ${dayOf(atOf(entry))}`, at: atOf(entry) }, row] : [row]
  })
}

const isInARow = (one: Entry, next: Entry): boolean =>
  authorOf(one) === authorOf(next) && Date.parse(atOf(next)) - Date.parse(atOf(one)) < inARowMs

const isEdited = (entry: Entry): boolean =>
  entry.kind === 'stored' && entry.message.editedAt !== null && !entry.message.deleted

/** One name may be several people's, and one id several names' over time. */
function authorOf(entry: Entry): string {
  if (entry.kind !== 'stored' || entry.message.senderType === 'visitor') return 'visitor'
  const { senderType, senderId, senderName } = entry.message
  return JSON.stringify([senderType, senderId, senderName])
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
