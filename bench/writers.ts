import { setTimeout as wait } from 'node:timers/promises'
import { startChat } from './servers.ts'

export interface Chat {
  sessionId: string
  token: string
  /** When each message was acknowledged, by its words. */
  written: Map<string, number>
}

export const json = async <T>(url: string, init: RequestInit = {}): Promise<T> => {
  const answer = await fetch(url, init)
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

/** Visitors of a service, who say of what they write when it was acknowledged. */
export function createWriters(url: string) {
  const write = async ({ sessionId, token, written }: Chat): Promise<void> => {
    const words = `${sessionId} message ${written.size + 1}.`
    const body = JSON.stringify({ content: words, clientMessageId: `message-${written.size + 1}` })
    const headers = { authorization: `Bearer ${token}` }
    await json(`${url}/api/chat/sessions/${sessionId}/messages`, { method: 'POST', headers, body })
    written.set(words, Date.now())
  }
  return {
    begin: async (inboxKey?: string): Promise<Chat> => ({ ...(await startChat(url, inboxKey)), written: new Map() }),
    /** Each of them writes so often, all at once each time. */
    async writing(all: readonly Chat[], count: number, everyMs: number): Promise<void> {
      for (let n = 0; n < count; n += 1) {
        await Promise.all(all.map(write))
        await wait(everyMs)
      }
    },
  }
}
