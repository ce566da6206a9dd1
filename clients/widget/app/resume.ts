import type { StartedSession } from '../../../src/contract/chat.ts'
import type { Storage } from '../../core/platform/storage.ts'

const againMs = 2_000

/**
 * Exchanges what the link in an email carries behind its `#` for the chat's own token, and takes it out of the address.
 * False: the link is over.
 */
export async function resumeFromLink(storage: Storage, storageKey: string): Promise<boolean> {
  const token = location.hash.slice(1)
  if (token === '') return true
  const response = await exchange(token)
  history.replaceState(null, '', `${location.pathname}${location.search}`)
  if (!response.ok) return false
  const { sessionId, token: own } = (await response.json()) as StartedSession
  storage.setItem(storageKey, JSON.stringify({ sessionId, token: own }))
  return true
}

/** Until there is an answer: without a network the link is as good as before. */
async function exchange(token: string): Promise<Response> {
  for (;;) {
    const response = await fetch('/api/chat/resume', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    }).catch(() => null)
    if (response && response.status < 500) return response
    await new Promise((resolve) => setTimeout(resolve, againMs))
  }
}
