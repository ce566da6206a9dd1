import { useEffect, useRef, useState } from 'preact/hooks'
import type { ChatState } from '../../core/client.ts'

const connectionText = {
  idle: 'We answer here',
  connecting: 'Connecting…',
  online: 'Online',
  offline: 'No connection. Trying again…',
  refused: 'Not connected',
} as const

interface HeaderProps {
  state: ChatState
  onEnd(): void
  onHide: (() => void) | null
}

export function Header({ state, onEnd, onHide }: HeaderProps) {
  const agent = state.conversation.agents.at(-1)?.name
  return (
    <header class="header">
      <div class="who">
        <h1>{agent || 'Chat with us'}</h1>
        <p
          data-test="widget-state"
          data-state={state.connection}
          class={`connection ${state.connection}`}
          role="status"
        >
          {connectionText[state.connection]}
        </p>
      </div>
      <Menu canEnd={state.sessionId !== null && state.conversation.status !== 'closed'} onEnd={onEnd} />
      {onHide && (
        <button type="button" class="icon" aria-label="Hide the chat" onClick={onHide}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M6 9l6 6 6-6" />
          </svg>
        </button>
      )}
    </header>
  )
}

function Menu({ canEnd, onEnd }: { canEnd: boolean; onEnd(): void }) {
  const [open, setOpen] = useState<'closed' | 'menu' | 'asking'>('closed')
  const first = useRef<HTMLButtonElement>(null)
  useEffect(() => first.current?.focus(), [open])
  useEffect(() => {
    if (open === 'closed') return
    const close = (event: KeyboardEvent) => event.key === 'Escape' && setOpen('closed')
    addEventListener('keydown', close)
    return () => removeEventListener('keydown', close)
  }, [open])
  if (!canEnd) return null

  const end = () => {
    setOpen('closed')
    onEnd()
  }
  return (
    <div class="menu">
      <button
        type="button"
        class="icon"
        data-test="widget-menu"
        aria-label="Menu"
        aria-expanded={open !== 'closed'}
        onClick={() => setOpen(open === 'closed' ? 'menu' : 'closed')}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M5 12h.01M12 12h.01M19 12h.01" />
        </svg>
      </button>
      {open === 'menu' && (
        <div class="sheet">
          <button ref={first} type="button" data-test="widget-close" onClick={() => setOpen('asking')}>
            End chat
          </button>
        </div>
      )}
      {open === 'asking' && (
        <div class="sheet" role="alertdialog" aria-label="End this chat?">
          <p>End this chat?</p>
          <button ref={first} type="button" data-test="widget-close-confirm" onClick={end}>
            End it
          </button>
          <button type="button" onClick={() => setOpen('closed')}>
            Keep chatting
          </button>
        </div>
      )}
    </div>
  )
}
