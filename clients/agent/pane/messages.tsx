import { Fragment } from 'preact'
import type { Message } from '../../../src/contract/chat.ts'
import { type Entry, entriesOf, idOf } from '../../core/outbox/entries.ts'
import type { AgentChatState } from '../chat.ts'
import type { MessageActs } from './message-acts.ts'
import { OnItsWay } from './on-its-way.tsx'
import { Stored } from './stored.tsx'
import { useScroll } from './use-scroll.ts'

interface MessagesProps extends MessageActs {
  state: AgentChatState
  me: string
}

/** What is stored, in the log's order, and after it what is on its way. */
export function Messages({ state, me, onRetry, onDiscard, onOlder, ...acts }: MessagesProps) {
  const { conversation, typing } = state
  const entries = entriesOf(state, 'agent')
  const newest = entries.at(-1)
  const scroll = useScroll({
    first: conversation.messages[0]?.seq,
    last: `${entries.length}:${newest ? idOf(newest) : ''}:${typing?.side ?? ''}`,
    onTop: conversation.hasOlder ? onOlder : null,
  })
  const lastRead = entries.findLast((entry) => entry.kind === 'stored' && entry.state === 'read')

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard
    <div class="messages" role="log" aria-live="polite" aria-label="Messages" tabIndex={0} {...scroll}>
      {conversation.hasOlder && (
        <button type="button" class="plain older" data-test="older" onClick={onOlder}>
          Older messages
        </button>
      )}
      {entries.map((entry, index) =>
        entry.kind === 'stored' ? (
          <Fragment key={idOf(entry)}>
            <Day at={entry.message.createdAt} before={beginOf(entries[index - 1])} />
            <Stored
              message={entry.message}
              isFirst={isFirst(entry.message, entries[index - 1])}
              standing={entry === lastRead ? 'Read' : entry === newest && entry.state === 'sent' ? 'Sent' : null}
              {...{ me, ...acts }}
            />
          </Fragment>
        ) : (
          <OnItsWay key={idOf(entry)} entry={entry} onRetry={onRetry} onDiscard={onDiscard} />
        ),
      )}
      {typing && <Typing typing={typing} />}
    </div>
  )
}

/** Whether it is another's than the one before, or of another kind. */
function isFirst({ senderId, senderName, isInternal }: Message, entry: Entry | undefined): boolean {
  if (entry?.kind !== 'stored') return true
  const { message: before } = entry
  return before.senderId !== senderId || before.senderName !== senderName || before.isInternal !== isInternal
}

const beginOf = (entry: Entry | undefined): string | null => (entry?.kind === 'stored' ? entry.message.createdAt : null)

/** Where another day begins; one that is all of today needs no word. */
function Day({ at, before }: { at: string; before: string | null }) {
  const day = new Date(at).toDateString()
  if (day === new Date(before ?? Date.now()).toDateString()) return null
  const name = new Date(at).toLocaleDateString([], { weekday: 'long', day: 'numeric', month: 'long' })
  return <p class="day-line">{day === new Date().toDateString() ? 'Today' : name}</p>
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
