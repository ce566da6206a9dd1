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
  /** By its hours. */
  isOpen: boolean
  onHide: (() => void) | null
}

export function Header({ client, state, isOpen, onHide }: HeaderProps) {
  const say = useSay()
  const agent = whoAnswers(state)
  // Whoever has come is here, whatever the hours.
  const isAway = !isOpen && !agent && (state.connection === 'idle' || state.connection === 'online')
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
          class={`connection ${isAway ? 'idle' : state.connection}`}
          role="status"
        >
          {say(isAway ? 'closedTitle' : textOf(state))}
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

/** A server that says no for now is there all the same. */
const textOf = ({ connection, refusal }: ChatState) =>
  connectionText[connection === 'offline' && refusal ? 'connecting' : connection]

/** Whoever came last, with the picture that stood beside what they wrote. */
function whoAnswers({ conversation: { agents, messages } }: ChatState) {
  const agent = agents.at(-1)
  if (!agent) return null
  const said = messages.findLast(({ senderId, senderPicture }) => senderId === agent.id && senderPicture)
  return { name: agent.name, picture: said?.senderPicture ?? null }
}
