import { useEffect, useState } from 'preact/hooks'
import type { ChatClient, EarlierChat } from '../../../core/client.ts'
import { dayName, timeOf } from '../conversation/moments.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useSay } from '../texts.ts'

interface EarlierChatsProps {
  client: Pick<ChatClient, 'earlierChats' | 'open'>
  /** The one that is open. */
  sessionId: string | null
  onClose(): void
}

/** The chats that the visitor had, the newest first. */
export function EarlierChats({ client, sessionId, onClose }: EarlierChatsProps) {
  const say = useSay()
  const [chats, setChats] = useState<readonly EarlierChat[] | null>(null)
  useEffect(() => void client.earlierChats().then(setChats), [client])
  const open = async (chat: EarlierChat) => {
    if (chat.sessionId !== sessionId) await client.open(chat.sessionId)
    onClose()
  }
  return (
    <Dialog title={say('earlierChats')} onClose={onClose}>
      {chats?.length === 0 && <p>{say('noEarlierChats')}</p>}
      <ul class="chats" aria-busy={chats === null} data-test="widget-earlier-chats">
        {chats?.map((chat) => (
          <li key={chat.sessionId}>
            <button type="button" aria-current={chat.sessionId === sessionId} onClick={() => void open(chat)}>
              <span>{`${dayName(chat.createdAt, say)}, ${timeOf(chat.createdAt)}`}</span>
              <small dir="auto">{chat.agents.map(({ name }) => name).join(', ')}</small>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
