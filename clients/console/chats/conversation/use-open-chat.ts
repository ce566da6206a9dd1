import { useEffect, useMemo, useState } from 'preact/hooks'
import { type AgentChat, createAgentChat } from '../../../agent/chat.ts'
import { createHttp } from '../../../core/line/http.ts'
import { newId } from '../../../core/platform/new-id.ts'
import { useFrame } from '../../frame/frame.ts'
import { useDesk } from '../desk/use-desk.tsx'

/** The chat over a line of its own, which ends with the page that shows it. `again`: with another token. */
export function useOpenChat(sessionId: string): { chat: AgentChat; again(): void } {
  const { url, tokens, storage } = useFrame()
  const { calls, lines } = useDesk()
  const [life, setLife] = useState(0)
  const chat = useMemo(
    () =>
      createAgentChat({
        line: lines.chat(),
        sessionId,
        storage,
        page: (before) => calls.before(sessionId, before),
        upload: async (upload) => createHttp(url).upload({ ...upload, token: await tokens.current() }),
        newId,
        now: Date.now,
        later: (task, ms) => void setTimeout(task, ms),
        random: Math.random,
      }),
    [sessionId, life],
  )
  useEffect(() => () => chat.stop(), [chat])
  return { chat, again: () => setLife((n) => n + 1) }
}
