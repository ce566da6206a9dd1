import type { ChatClient, ChatState } from '../../core/client.ts'
import { Face } from './conversation/face.tsx'
import { ChatMenu } from './menu/chat-menu.tsx'
import { Icon } from './parts/icon.tsx'
import { useSay } from './texts.ts'

const connectionText = {
  idle: 'answersHere',
  connecting: 'connecting',
  online: 'online',
  offline: 'offline',
  refused: 'notConnected',
} as const

interface HeaderProps {
  client: ChatClient
  state: ChatState
  onHide: (() => void) | null
}

export function Header({ client, state, onHide }: HeaderProps) {
  const say = useSay()
  const agent = whoAnswers(state)
  return (
    <header class="header">
      {agent && <Face name={agent.name} picture={agent.picture} />}
      <div class="who">
        <h1>
          <bdi>{agent?.name || say('chatWithUs')}</bdi>
        </h1>
        <p
          data-test="widget-state"
          data-state={state.connection}
          class={`connection ${state.connection}`}
          role="status"
        >
          {say(connectionText[state.connection])}
        </p>
      </div>
      <ChatMenu client={client} state={state} />
      {onHide && (
        <button type="button" class="icon" aria-label={say('hideChat')} onClick={onHide}>
          <Icon name="down" />
        </button>
      )}
    </header>
  )
}

/** Whoever came last, with the picture that stood beside what they wrote. */
function whoAnswers({ conversation: { agents, messages } }: ChatState) {
  const agent = agents.at(-1)
  if (!agent) return null
  const said = messages.findLast(({ senderId, senderPicture }) => senderId === agent.id && senderPicture)
  return { name: agent.name, picture: said?.senderPicture ?? null }
}
