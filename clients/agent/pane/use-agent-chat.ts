import { useEffect, useState } from 'preact/hooks'
import type { AgentChat, AgentChatState } from '../chat.ts'

/** A chat as it is now. */
export function useAgentChat(chat: AgentChat): AgentChatState {
  const [state, setState] = useState<AgentChatState>(chat.state)
  useEffect(() => {
    setState(chat.state())
    return chat.subscribe(setState)
  }, [chat])
  return state
}
