import { useEffect, useState } from 'preact/hooks'
import type { AgentApi } from '../api.ts'
import type { AgentChat } from '../chat.ts'
import { Head, type HeadAct } from './head.tsx'
import { Talk } from './talk.tsx'
import { useAgentChat } from './use-agent-chat.ts'

interface PaneProps {
  chat: AgentChat
  api: AgentApi
  sessionId: string
  /** The agent's own id. */
  me: string
}

/** One chat, live, with all that an agent does in it. */
export function Pane({ chat, api, sessionId, me }: PaneProps) {
  const state = useAgentChat(chat)
  const [problem, setProblem] = useState<string | null>(null)
  useReading(chat, state.conversation.messages.length, state.connection)

  const act = async (what: HeadAct) => {
    setProblem(null)
    if (what !== 'reopen') return setProblem(await chat.act(what))
    await api.reopen(sessionId).catch((error: Error) => setProblem(error.message))
  }

  if (state.ended) return <p class="blank">{sayEnded[state.ended]}</p>
  const { info, status } = state.conversation
  if (!info)
    return <p class="blank">{state.connection === 'offline' ? 'No connection. Trying again…' : 'One moment…'}</p>
  return (
    <main class="pane">
      <Head info={{ ...info, status }} isVisitorHere={state.isVisitorHere} me={me} onAct={(what) => void act(what)} />
      <Talk
        {...{ chat, state, me }}
        problem={problem === null ? null : { text: problem, onSeen: () => setProblem(null) }}
        canned={api}
      />
    </main>
  )
}

/** What is looked at is read. */
function useReading(chat: AgentChat, ...shown: readonly unknown[]): void {
  useEffect(() => {
    const read = () => document.visibilityState === 'visible' && chat.read()
    read()
    addEventListener('visibilitychange', read)
    return () => removeEventListener('visibilitychange', read)
  }, [chat, ...shown])
}

const sayEnded = {
  gone: 'This chat is not among the inboxes of your account.',
  over: 'This chat is over.',
  refused: 'Your sign-in has ended. Close this ticket and open it again.',
} as const
