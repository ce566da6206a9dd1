import type { ChatListName, ListedChat } from '../../../../src/contract/lists.ts'

/** What the console knows of chats, by their ids. */
export type Rows = ReadonlyMap<string, ListedChat>

const isIn: Record<ChatListName, (row: ListedChat, me: string) => boolean> = {
  queue: ({ session }) => session.status === 'queued',
  mine: ({ session }, me) => session.status !== 'closed' && session.assignee?.id === me,
  all: ({ session }) => session.status !== 'closed',
  closed: ({ session }) => session.status === 'closed',
}

/** When the last word in it was said. */
export const lastAt = ({ last, session }: ListedChat): string => last?.at ?? session.createdAt
const newestFirst = (one: string, other: string): number => (one < other ? 1 : one > other ? -1 : 0)

const order: Record<ChatListName, (one: ListedChat, other: ListedChat) => number> = {
  queue: (one, other) => newestFirst(other.session.waitingSince ?? '', one.session.waitingSince ?? ''),
  mine: (one, other) => newestFirst(lastAt(one), lastAt(other)),
  all: (one, other) => newestFirst(lastAt(one), lastAt(other)),
  closed: (one, other) => newestFirst(one.session.closedAt ?? '', other.session.closedAt ?? ''),
}

/** A list as the service would give it: who has waited longest first in the queue, else the newest. */
export const viewOf = (rows: Rows, list: ChatListName, me: string): ListedChat[] =>
  [...rows.values()].filter((row) => row.last !== null && isIn[list](row, me)).sort(order[list])

/** Events from one look at a chat to another. Of another epoch its log was begun anew, so that nothing of it was seen. */
export const eventsBetween = ({ session: before }: ListedChat, { session: after }: ListedChat): number =>
  before.epoch === after.epoch ? after.seq - before.seq : Number.POSITIVE_INFINITY

/** What was found is put in, unless something newer is there. Of those that were asked for the others are gone. */
export function withFound(rows: Rows, found: readonly ListedChat[], asked: readonly string[] = []): Rows {
  const next = new Map(rows)
  for (const id of asked) if (!found.some(({ session }) => session.sessionId === id)) next.delete(id)
  for (const row of found) {
    const before = next.get(row.session.sessionId)
    if (!before || eventsBetween(before, row) >= 0) next.set(row.session.sessionId, row)
  }
  return next
}

/** Chats that need whoever is here: their own that are not read, and those that wait. */
export const callsFor = (rows: Rows, me: string): number =>
  viewOf(rows, 'mine', me).filter(({ isUnread }) => isUnread).length +
  viewOf(rows, 'queue', me).filter(({ session }) => !session.offline).length
