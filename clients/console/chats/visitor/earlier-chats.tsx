import type { SessionInfo } from '../../../../src/contract/chat.ts'
import type { ChatListName } from '../../../../src/contract/lists.ts'
import { useLoad } from '../../frame/load.ts'
import { onDay } from '../../parts/when.ts'
import { addressOfChat } from '../address.ts'
import { useDesk } from '../desk/use-desk.tsx'

/** What the same visitor had before, each to be opened. */
export function EarlierChats({ info: { sessionId, visitor }, list }: { info: SessionInfo; list: ChatListName }) {
  const { calls } = useDesk()
  const { data, problem } = useLoad(() => calls.earlier(visitor.id), [calls, visitor.id])
  const others = (data ?? []).filter((one) => one.sessionId !== sessionId)
  return (
    <section class="about-part">
      <h3>Other chats</h3>
      {problem && <p class="muted">{problem.message}</p>}
      {data && others.length === 0 && <p class="muted">This is the only one.</p>}
      <ul class="earlier" data-test="earlier">
        {others.map((one) => (
          <li key={one.sessionId}>
            <a href={addressOfChat(list, one.sessionId)}>{onDay(one.createdAt)}</a>{' '}
            <span class="muted">
              {one.status === 'closed' ? 'closed' : 'open'}
              {one.agents.length > 0 && `, ${one.agents.map(({ name }) => name).join(', ')}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
