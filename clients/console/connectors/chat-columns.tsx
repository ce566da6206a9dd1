import type { ConnectorChat } from '../../../src/contract/connector-health.ts'
import { Ago } from '../parts/ago.tsx'
import type { Column } from '../parts/table.tsx'
import { nextTryOf } from './words.ts'

/** `onRetry` null: it is paused, and nothing is tried. */
export const chatColumns = (onRetry: ((chat: ConnectorChat) => Promise<void>) | null): Column<ConnectorChat>[] => [
  { title: 'Chat', cell: ({ sessionId }) => <code>{sessionId}</code> },
  { title: 'Waits', cell: ({ since }) => (since ? <Ago at={since} /> : <span class="muted">Not known</span>) },
  { title: 'Events', kind: 'number', cell: ({ events }) => events },
  { title: 'Next try', kind: 'minor', cell: (chat) => nextTryOf(chat, Date.now()) },
  { title: 'Why', cell: (chat) => <Why chat={chat} /> },
  ...(onRetry
    ? [
        {
          title: 'By hand',
          cell: (chat: ConnectorChat) => (
            <button
              type="button"
              class="act small"
              aria-label={`Retry ${chat.sessionId}`}
              onClick={() => void onRetry(chat)}
            >
              Retry
            </button>
          ),
        },
      ]
    : []),
]

function Why({ chat: { lastFailure, isolated } }: { chat: ConnectorChat }) {
  if (!lastFailure && !isolated) return <span class="muted">Its turn has not come</span>
  return (
    <span class="why">
      {lastFailure?.text}
      {isolated && (
        <small>
          {isolated.count} not taken, from {isolated.first} to {isolated.last} in the chat
        </small>
      )}
      {lastFailure && <small>{lastFailure.next}</small>}
    </span>
  )
}
