import type { ListedChat } from '../../../../src/contract/lists.ts'

/** What somebody would want to be told of: it became theirs, somebody new waits, or their visitor wrote. */
export type News = 'assigned' | 'waiting' | 'message'

/** What a change of a line is to whoever works here; null: nothing. */
export function newsIn(before: ListedChat | undefined, after: ListedChat, me: string): News | null {
  const { status, assignee, offline } = after.session
  if (status === 'closed') return null
  if (assignee?.id === me) {
    if (before?.session.assignee?.id !== me) return 'assigned'
    return after.last?.by === 'visitor' && after.last.at !== before.last?.at ? 'message' : null
  }
  const waitedBefore = before?.last != null && before.session.status === 'queued'
  return status === 'queued' && !offline && !waitedBefore && after.last !== null ? 'waiting' : null
}

const titles: Record<News, (name: string) => string> = {
  assigned: (name) => `A chat with ${name} is yours`,
  waiting: (name) => `${name} waits for an answer`,
  message: (name) => name,
}

/** As the browser shows it outside of the page. */
export const noticeOf = (news: News, { session, last }: ListedChat): { title: string; body: string; tag: string } => ({
  title: titles[news](session.visitor.name ?? session.visitor.email ?? 'A visitor'),
  body: last?.text ?? '',
  // One for each chat: the newer takes the place of the one before.
  tag: session.sessionId,
})
