import { useEffect, useRef } from 'preact/hooks'
import type { Message } from '../../../src/contract/chat.ts'
import type { Pending } from '../../core/outbox.ts'
import { ShownFile } from '../../parts/shown-file.tsx'
import type { AgentChatState } from '../chat.ts'

interface MessagesProps {
  state: AgentChatState
  me: string
  onRetry(id: string): void
  onDiscard(id: string): void
}

/** What is stored, in the log's order, and after it what is on its way. */
export function Messages({ state, me, onRetry, onDiscard }: MessagesProps) {
  const end = useRef<HTMLDivElement>(null)
  const { messages } = state.conversation
  const shown = new Set(messages.map((message) => message.clientMessageId))
  const pending = state.pending.filter((one) => !shown.has(one.clientMessageId))
  useEffect(() => end.current?.scrollIntoView({ block: 'end' }), [messages.length, pending.length, state.typing])

  return (
    <div class="messages" role="log" aria-live="polite" aria-label="Messages">
      {messages.map((message, index) => (
        <Stored key={message.id} message={message} before={messages[index - 1]} me={me} />
      ))}
      {pending.map((one) => (
        <OnItsWay key={one.clientMessageId} pending={one} onRetry={onRetry} onDiscard={onDiscard} />
      ))}
      {state.typing && <Typing typing={state.typing} />}
      <div ref={end} />
    </div>
  )
}

/** Two agents who answer at once see each other. */
function Typing({ typing: { side, name } }: { typing: NonNullable<AgentChatState['typing']> }) {
  const isColleague = side === 'agent'
  return (
    <p class={isColleague ? 'typing colleague' : 'typing'} data-test="typing">
      {isColleague ? `${name || 'A colleague'} is writing an answer, too…` : `${name || 'The visitor'} is typing…`}
    </p>
  )
}

const timeOf = (iso: string) => new Date(iso).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })

function Stored({ message, before, me }: { message: Message; before: Message | undefined; me: string }) {
  const { senderType, senderId, senderName, isInternal, content, deleted, file } = message
  if (senderType === 'system')
    return (
      <p class="system" data-test="pane-message">
        {content}
      </p>
    )
  const isSame = before?.senderId === senderId && before.senderName === senderName
  const isFirst = !isSame || before.isInternal !== isInternal
  const name = senderName ?? (senderType === 'visitor' ? 'Visitor' : 'Support')
  const who = senderId === me ? 'You' : senderType === 'bot' ? `${name} (bot)` : name
  const side = senderType === 'visitor' ? 'visitor' : 'agent'
  return (
    <article class={`message ${side}${isInternal ? ' note' : ''}`} data-test="pane-message">
      {isFirst && (
        <p class="from">
          {isInternal && <span class="tag">Note</span>} <strong>{who}</strong>{' '}
          <time dateTime={message.createdAt}>{timeOf(message.createdAt)}</time>
        </p>
      )}
      {file && <ShownFile file={file} />}
      {(content !== '' || deleted) && (
        <p class={deleted ? 'bubble deleted' : 'bubble'}>{deleted ? 'This message was deleted.' : content}</p>
      )}
      {message.editedAt && !deleted && <p class="edited">Edited</p>}
    </article>
  )
}

interface OnItsWayProps {
  pending: Pending
  onRetry(id: string): void
  onDiscard(id: string): void
}

function OnItsWay({ pending, onRetry, onDiscard }: OnItsWayProps) {
  const { clientMessageId: id, content, failed, isNote } = pending
  return (
    <article class={isNote ? 'message agent note' : 'message agent'} data-test="pane-pending">
      <p class={failed === null ? 'bubble waiting' : 'bubble failed'}>{content}</p>
      {failed === null && <p class="edited">Sending…</p>}
      {failed !== null && (
        <p class="edited problem">
          Not sent: {failed}{' '}
          <button type="button" class="plain" onClick={() => onRetry(id)}>
            Try again
          </button>{' '}
          <button type="button" class="plain" onClick={() => onDiscard(id)}>
            Remove
          </button>
        </p>
      )}
    </article>
  )
}
