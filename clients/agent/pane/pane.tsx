import { useEffect, useState } from 'preact/hooks'
import type { AgentApi } from '../api.ts'
import type { AgentChat, AgentChatState } from '../chat.ts'
import { Composer } from './composer.tsx'
import { Head } from './head.tsx'
import { Messages } from './messages.tsx'

interface PaneProps {
  chat: AgentChat
  api: AgentApi
  sessionId: string
  /** The agent's own id. */
  me: string
}

/** One chat, live, with all that an agent does in it. */
export function Pane({ chat, api, sessionId, me }: PaneProps) {
  const [state, setState] = useState<AgentChatState>(chat.state)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    setState(chat.state())
    return chat.subscribe(setState)
  }, [chat])
  useEffect(() => {
    const read = () => document.visibilityState === 'visible' && chat.read()
    read()
    addEventListener('visibilitychange', read)
    return () => removeEventListener('visibilitychange', read)
  }, [chat, state.conversation.messages.length, state.connection])

  const act = async (what: 'take_chat' | 'release_chat' | 'close_chat' | 'reopen') => {
    setProblem(null)
    if (what !== 'reopen') return setProblem(await chat.act(what))
    await api.reopen(sessionId).catch((error: Error) => setProblem(error.message))
  }

  if (state.ended) return <p class="blank">{sayEnded[state.ended]}</p>
  const { info } = state.conversation
  if (!info)
    return <p class="blank">{state.connection === 'offline' ? 'No connection. Trying again…' : 'One moment…'}</p>
  return (
    <main class="pane">
      <Head info={info} isVisitorHere={state.isVisitorHere} me={me} onAct={(what) => void act(what)} />
      {state.connection !== 'online' && (
        <p class="bar" role="status">
          No connection. What you write is kept, and sent when it is back.
        </p>
      )}
      {problem && (
        <p class="bar problem" role="alert">
          {problem}
          <button type="button" class="plain" onClick={() => setProblem(null)}>
            OK
          </button>
        </p>
      )}
      <Messages state={state} me={me} onRetry={chat.retry} onDiscard={chat.discard} />
      <Composer
        isClosed={info.status === 'closed'}
        findCanned={(words) => api.findCanned(info.inbox, words)}
        renderCanned={(id) => api.renderCanned(id, sessionId)}
        onSend={(text, isNote) => chat.send(text, { isNote })}
        onTyping={chat.type}
      />
    </main>
  )
}

const sayEnded = {
  gone: 'This chat is not among the inboxes of your account.',
  over: 'This chat is over.',
  refused: 'Your sign-in has ended. Close this ticket and open it again.',
} as const
