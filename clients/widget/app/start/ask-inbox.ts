import type { ShownInbox } from '../../../../src/contract/inbox.ts'
import type { Asked } from './screen.ts'

/** How the inbox looks and what it asks, as it is now. */
export async function askInbox(key: string): Promise<Asked> {
  try {
    const response = await fetch(`/api/chat/inboxes/${encodeURIComponent(key)}`)
    return response.ok ? { kind: 'shown', inbox: (await response.json()) as ShownInbox } : { kind: 'unknown' }
  } catch {
    return { kind: 'unknown' }
  }
}
