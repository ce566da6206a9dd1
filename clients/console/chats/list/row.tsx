import type { ChatListName, ListedChat } from '../../../../src/contract/lists.ts'
import { addressOfChat } from '../address.ts'
import { isLate, waitText } from './waited.ts'

interface RowProps {
  row: ListedChat
  list: ChatListName
  me: string
  isOpen: boolean
  /** Epoch ms. */
  now: number
}

/** A chat as one line, which opens it. */
export function Row({ row, list, me, isOpen, now }: RowProps) {
  const { session, last, isUnread, inboxName } = row
  const { sessionId, visitor, assignee } = session
  return (
    <a
      class={isUnread ? 'chat-row unread' : 'chat-row'}
      href={addressOfChat(list, sessionId)}
      aria-current={isOpen ? 'true' : undefined}
      data-row={sessionId}
      data-test="chat-row"
    >
      <span class="row-top">
        {isUnread && <span class="dot" role="img" aria-label="Not read" />}
        <strong dir="auto">{visitor.name ?? visitor.email ?? 'Visitor'}</strong>
        <Since row={row} now={now} />
      </span>
      <span class="row-text" dir="auto">
        {last && last.by !== 'visitor' && `${last.name ?? 'Support'}: `}
        {last?.text || (last?.messageType === 'image' ? 'A picture' : 'A message that was deleted')}
      </span>
      <span class="row-foot">
        {inboxName}
        {list !== 'mine' && assignee && ` · ${assignee.id === me ? 'you' : assignee.name}`}
        {session.team && ` · team ${session.team}`}
      </span>
    </a>
  )
}

/** How long an answer is waited for; without that, when the last word was said. */
function Since({ row, now }: { row: ListedChat; now: number }) {
  const { session, last } = row
  if (session.offline) return <span class="since">left a message</span>
  const since = session.waitingSince ?? null
  if (since === null) return <span class="since">{last && waitText(last.at, now)}</span>
  return (
    <span class={isLate(row, now) ? 'since late' : 'since waits'} data-test="waits">
      <span class="read-out">{isLate(row, now) ? 'Waits too long: ' : 'Waits: '}</span>
      {waitText(since, now)}
    </span>
  )
}
