import { useEffect, useRef } from 'preact/hooks'
import type { Message } from '../../../src/contract/chat.ts'
import type { ChatState } from '../../core/client.ts'
import type { Pending } from '../../core/outbox.ts'
import { ShownFile } from '../../parts/shown-file.tsx'

interface Props {
  state: ChatState
  onRetry(id: string): void
  onDiscard(id: string): void
}

/** What is stored, in the log's order, and after it what is on its way. */
export function Messages({ state, onRetry, onDiscard }: Props) {
  const end = useRef<HTMLDivElement>(null)
  const { messages } = state.conversation
  const shown = new Set(messages.map((message) => message.clientMessageId))
  const pending = state.pending.filter((one) => !shown.has(one.clientMessageId))
  useEffect(() => end.current?.scrollIntoView({ block: 'end' }), [messages.length, pending.length, state.typing])

  return (
    <div class="messages" role="log" aria-live="polite" aria-label="Messages">
      {messages.length + pending.length === 0 && <Greeting />}
      {messages.map((message, index) => (
        <Stored key={message.id} message={message} before={messages[index - 1]} />
      ))}
      {pending.map((one) => (
        <OnItsWay key={one.clientMessageId} pending={one} onRetry={onRetry} onDiscard={onDiscard} />
      ))}
      {state.typing !== null && <p class="typing">{state.typing || 'Somebody'} is typing…</p>}
      <div ref={end} />
    </div>
  )
}

function Greeting() {
  return (
    <div class="greeting">
      <p class="wave" aria-hidden="true">
        👋
      </p>
      <p>
        <strong>Hello! How can we help?</strong>
      </p>
      <p>Write to us and a person will answer.</p>
    </div>
  )
}

const timeOf = (iso: string) => new Date(iso).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })

function Stored({ message, before }: { message: Message; before: Message | undefined }) {
  const isOwn = message.senderType === 'visitor'
  const isFirst = before?.senderId !== message.senderId || before.senderName !== message.senderName
  return (
    <article class={`message ${sideOf[message.senderType]}`} data-test="widget-message" data-seq={message.seq}>
      {sideOf[message.senderType] === 'theirs' && isFirst && (
        <Face name={message.senderName} picture={message.senderPicture} />
      )}
      {!isOwn && isFirst && <p class="name">{nameOf(message)}</p>}
      {message.file && <ShownFile file={message.file} />}
      {(message.content !== '' || message.deleted) && (
        <p class={message.deleted ? 'bubble deleted' : 'bubble'}>
          {message.deleted ? 'This message was deleted.' : message.content}
        </p>
      )}
      <p class="when">
        <time dateTime={message.createdAt}>{timeOf(message.createdAt)}</time>
        {message.editedAt && !message.deleted && <span> · Edited</span>}
        {isOwn && <span class="sent"> · Sent</span>}
      </p>
    </article>
  )
}

const sideOf = { visitor: 'own', agent: 'theirs', bot: 'theirs', system: '' } as const

const nameOf = ({ senderType, senderName }: Message) => (senderType === 'bot' ? `${senderName} (bot)` : senderName)

/** Their name stands beside it. The letters show until the picture is there, or for good if it does not come. */
function Face({ name, picture }: { name: string | null; picture: string | null }) {
  return (
    <span class="face" aria-hidden="true">
      {initialsOf(name ?? '')}
      {picture && <img src={picture} alt="" width="28" height="28" />}
    </span>
  )
}

/** Of the first and the last word. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = [words.at(0), words.length > 1 ? words.at(-1) : ''].map((word) => Array.from(word ?? '')[0] ?? '')
  return letters.join('').toUpperCase()
}

function OnItsWay({
  pending,
  onRetry,
  onDiscard,
}: {
  pending: Pending
  onRetry(id: string): void
  onDiscard(id: string): void
}) {
  const { clientMessageId: id, content, failed } = pending
  return (
    <article class="message own" data-test="widget-pending">
      <p class={failed ? 'bubble failed' : 'bubble waiting'}>{content}</p>
      {failed === null && <p class="when">Sending…</p>}
      {failed !== null && (
        <p class="when problem">
          Not sent: {failed}{' '}
          <button type="button" onClick={() => onRetry(id)}>
            Try again
          </button>{' '}
          <button type="button" onClick={() => onDiscard(id)}>
            Remove
          </button>
        </p>
      )}
    </article>
  )
}
