import { type ListedChat, mostShown } from '../../contract/lists.ts'
import type { MessageNow } from '../messages/message-now.ts'
import type { MessageStore } from '../messages/message-store.ts'
import { nameOf, senderTypeOf, sessionInfo } from '../realtime/project-for.ts'
import { participantOf, type SessionSummary } from '../sessions/summary.ts'

/** What an inbox says of its chats in a list. */
export interface ListedInbox {
  name: string
  assignment: { answerWithin: number | null }
}

/** A chat as a line of a list, for the team. */
export async function listedChat(
  messages: Pick<MessageStore, 'between'>,
  state: SessionSummary,
  inbox: ListedInbox | undefined,
): Promise<ListedChat> {
  const seq = Math.max(state.asked?.seq ?? 0, state.answered?.seq ?? 0)
  const [last] = seq > 0 ? await messages.between(state.id, seq, seq + 1) : []
  return {
    session: sessionInfo(state, { kind: 'agent' }),
    inboxName: inbox?.name ?? state.inbox,
    last: last ? inShort(last) : null,
    isUnread: isUnread(state),
    dueAt: dueAt(state, inbox?.assignment.answerWithin ?? null)?.toISOString() ?? null,
  }
}

function inShort({ event: { actor, at, body }, content, deleted }: MessageNow): NonNullable<ListedChat['last']> {
  const text = deleted ? '' : content || (body.file?.name ?? '')
  return {
    by: senderTypeOf(actor),
    name: nameOf(actor),
    messageType: body.messageType,
    text: Array.from(text).slice(0, mostShown).join(''),
    at: at.toISOString(),
  }
}

/** By the one who has the chat; by anybody of the team, while nobody has it. */
export function isUnread({ asked, assignee, visitor, readUpTo, status }: SessionSummary): boolean {
  if (!asked || status === 'closed') return false
  const own = assignee && participantOf({ actor: { kind: 'agent', id: assignee.id, name: assignee.name } })
  const { [participantOf({ actor: { kind: 'visitor', id: visitor.id } })]: _visitor, ...team } = readUpTo
  return asked.seq > (own ? (team[own] ?? 0) : Math.max(0, ...Object.values(team)))
}

/** The time runs from when the visitor waits and, once somebody has the chat, from when they got it. */
export function dueAt(
  { status, waitingSince, assignee, offline }: SessionSummary,
  answerWithin: number | null,
): Date | null {
  if (status === 'closed' || !waitingSince || offline || answerWithin === null) return null
  return new Date(Math.max(waitingSince.getTime(), assignee?.since.getTime() ?? 0) + answerWithin)
}
