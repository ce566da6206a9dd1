import type { Message } from '../../../../src/contract/chat.ts'
import type { ChatState } from '../../../core/client.ts'

/** Up to where a chat was told of. Null: nothing of it is here yet. */
export interface Told {
  sessionId: string | null
  upTo: number | null
}

export const nothingTold: Told = { sessionId: null, upTo: null }

/** What others wrote since, each once. What was there when a chat was opened is no news, whoever wrote it. */
export function newsIn(told: Told, { sessionId, conversation }: ChatState): { told: Told; news: readonly Message[] } {
  const { messages, cursor } = conversation
  const last = messages.at(-1)?.seq ?? 0
  const known = told.sessionId === sessionId ? told.upTo : null
  if (cursor === null) return { told: { sessionId, upTo: known }, news: [] }
  if (known === null) return { told: { sessionId, upTo: last }, news: [] }
  const news = messages.filter(({ seq, senderType, deleted }) => seq > known && senderType !== 'visitor' && !deleted)
  return { told: { sessionId, upTo: Math.max(known, last) }, news }
}
