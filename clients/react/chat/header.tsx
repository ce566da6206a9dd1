/** @jsxImportSource react */
import type { ConnectionState } from '../../core/index.ts'
import { useChat, useChatState } from '../hooks/hooks.ts'
import { placeOf } from './said.ts'
import type { Say } from './texts.ts'

export function Header({ say }: { say: Say }) {
  const chat = useChat()
  const { connection, conversation, queue } = useChatState()
  const names = conversation.agents.map(({ name }) => name).filter(Boolean)
  const isOpen = conversation.info !== null && conversation.status !== 'closed'
  return (
    <header className="deskbridge-header">
      <div>
        <h2>{names.join(', ') || say('title')}</h2>
        <p role="status">{queue ? placeOf(queue, say) : connectionOf(connection, say)}</p>
      </div>
      {isOpen && (
        <button type="button" onClick={() => void chat.close()}>
          {say('endChat')}
        </button>
      )}
    </header>
  )
}

function connectionOf(connection: ConnectionState, say: Say): string {
  switch (connection) {
    case 'online':
    case 'offline':
    case 'connecting':
      return say(connection)
    case 'idle':
    case 'refused':
      return ''
  }
}
