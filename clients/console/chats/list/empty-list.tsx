import type { ChatListName } from '../../../../src/contract/lists.ts'
import { Waiting } from '../../parts/list.tsx'

const texts: Record<ChatListName, string> = {
  queue: 'Nobody waits.',
  mine: 'You have no open chats. Those that become yours come here.',
  all: 'There are no open chats.',
  closed: 'No chat was closed yet.',
}

export const EmptyList = ({ list, isRead }: { list: ChatListName; isRead: boolean }) =>
  isRead ? (
    <p class="list-empty" data-test="list-empty">
      {texts[list]}
    </p>
  ) : (
    <Waiting />
  )
