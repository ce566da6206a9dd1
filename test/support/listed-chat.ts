import type { ListedChat } from '../../src/contract/lists.ts'

type About = Partial<Omit<ListedChat, 'session' | 'last'>> & {
  last?: Partial<NonNullable<ListedChat['last']>> | null
  session?: object
}

/** A line of a list: a chat that waits, with a first word in it. */
export function aRow(id: string, { last = {}, session, ...more }: About = {}): ListedChat {
  const about = {
    ...{ sessionId: id, epoch: 'one', seq: 1, status: 'queued', inbox: 'default', agents: [], assignee: null },
    ...{ visitor: { id: `visitor of ${id}`, name: `Ana ${id}` }, channel: 'web', closedAt: null, rating: null },
    ...{ createdAt: '2026-01-01T10:00:00.000Z', waitingSince: '2026-01-01T10:00:00.000Z', offline: false, team: null },
    ...session,
  }
  const said = {
    by: 'visitor',
    name: null,
    messageType: 'text',
    text: 'hello',
    at: '2026-01-01T10:00:00.000Z',
  } as const
  return {
    session: about as unknown as ListedChat['session'],
    inboxName: 'Everyone',
    last: last === null ? null : { ...said, ...last },
    isUnread: true,
    dueAt: null,
    ...more,
  }
}

export const ofMe = (more: object = {}) => ({
  session: { status: 'active', assignee: { id: 'me', name: 'Bo' }, ...more },
})
