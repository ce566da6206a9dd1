import type { TeamMember } from '../../../../src/contract/agent.ts'
import type { ListedChat } from '../../../../src/contract/lists.ts'
import { isLate } from '../list/waited.ts'

/** How it stands at one moment. Times in ms. */
export interface LiveFigures {
  waiting: number
  longestWaitMs: number | null
  late: number
  inHand: number
  /** Of those who are online. */
  online: number
  freePlaces: number
}

export function figuresOf(open: readonly ListedChat[], team: readonly TeamMember[], now: number): LiveFigures {
  const waiting = open.filter(({ session }) => session.status === 'queued' && !session.offline)
  const since = waiting.flatMap(({ session }) => (session.waitingSince ? [Date.parse(session.waitingSince)] : []))
  const online = team.filter(({ status }) => status === 'online')
  return {
    waiting: waiting.length,
    longestWaitMs: since.length > 0 ? Math.max(0, now - Math.min(...since)) : null,
    late: open.filter((row) => isLate(row, now)).length,
    inHand: open.filter(({ session }) => session.assignee !== null).length,
    online: online.length,
    freePlaces: online.reduce((sum, { takes, chats }) => sum + Math.max(0, takes - chats), 0),
  }
}

/** Who has which chats, those with most of them first; null: nobody has them. */
export function byAgent(
  open: readonly ListedChat[],
  team: readonly TeamMember[],
): { member: TeamMember; chats: ListedChat[] }[] {
  const chatsOf = (id: string) => open.filter(({ session }) => session.assignee?.id === id)
  return team
    .map((member) => ({ member, chats: chatsOf(member.id) }))
    .sort(
      (one, other) =>
        Number(other.member.status !== 'offline') - Number(one.member.status !== 'offline') ||
        other.chats.length - one.chats.length ||
        (one.member.name < other.member.name ? -1 : 1),
    )
}
