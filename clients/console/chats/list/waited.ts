import type { ListedChat } from '../../../../src/contract/lists.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** `now`, `4 min`, `3 h`, `2 d`: how long ago something was, in as few letters as a line has room for. */
export function waitText(iso: string, now: number): string {
  const ms = Math.max(0, now - Date.parse(iso))
  if (ms < minute) return 'now'
  if (ms < hour) return `${Math.floor(ms / minute)} min`
  return ms < day ? `${Math.floor(ms / hour)} h` : `${Math.floor(ms / day)} d`
}

/** Whether the visitor has waited longer than the inbox allows. */
export const isLate = ({ dueAt }: Pick<ListedChat, 'dueAt'>, now: number): boolean =>
  dueAt !== null && Date.parse(dueAt) <= now
