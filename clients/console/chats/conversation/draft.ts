import type { Storage } from '../../../core/platform/storage.ts'

/** What was begun in a chat and not sent, over other chats and reloads. */
export function draftOf(storage: Storage, sessionId: string) {
  const key = `deskbridge:${sessionId}:draft`
  return {
    read: () => storage.getItem(key) ?? '',
    keep: (text: string) => (text === '' ? storage.removeItem(key) : storage.setItem(key, text)),
  }
}
