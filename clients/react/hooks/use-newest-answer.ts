import { useState } from 'react'
import type { Message } from '../../core/index.ts'
import { useChatState } from './hooks.ts'

/** The last answer that came while we were here, to be read out once; null before there is one. */
export function useNewestAnswer(): Message | null {
  const { cursor, messages } = useChatState().conversation
  const [since, setSince] = useState<number | null>(null)
  if (since === null && cursor !== null) setSince(messages.at(-1)?.seq ?? cursor)
  if (since === null) return null
  return (
    messages.findLast(({ senderType, deleted, seq }) => senderType !== 'visitor' && !deleted && seq > since) ?? null
  )
}
