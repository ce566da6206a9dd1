import type { SessionInfo } from '../../../../src/contract/chat.ts'
import type { ChatListName } from '../../../../src/contract/lists.ts'
import { Icon } from '../../frame/icon.tsx'
import { addressOfChat } from '../address.ts'
import { EarlierChats } from './earlier-chats.tsx'
import { Facts } from './facts.tsx'
import { Tags } from './tags.tsx'
import { Ticket } from './ticket.tsx'

/** Who the visitor is, as far as anybody knows. */
export function VisitorCard({ info, list }: { info: SessionInfo; list: ChatListName }) {
  const { visitor, sessionId } = info
  return (
    <section class="about" aria-label="About the visitor" data-test="visitor-card">
      <header class="about-head">
        <a class="plain to-chat" href={addressOfChat(list, sessionId)} aria-label="Back to the chat">
          <Icon name="back" />
        </a>
        <h2>{visitor.name ?? visitor.email ?? 'Visitor'}</h2>
      </header>
      <Facts info={info} />
      <Tags key={sessionId} info={info} />
      <Ticket info={info} />
      <EarlierChats key={visitor.id} info={info} list={list} />
    </section>
  )
}
