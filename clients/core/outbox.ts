/** A message on its way. It stays until the server says that it is stored, over reloads and lost connections. */
export interface Pending {
  clientMessageId: string
  content: string
  writtenAt: string
  /** For the team alone. */
  isNote?: true
  /** Set when the server will never take it as it is. */
  failed: string | null
}

export interface Storage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

export interface Outbox {
  list(): readonly Pending[]
  add(content: string, options?: { isNote?: boolean }): Pending
  /** It is stored, or is not wanted any more. */
  remove(clientMessageId: string): void
  fail(clientMessageId: string, reason: string): void
  retry(clientMessageId: string): void
  /** The oldest that is to be sent. */
  next(): Pending | undefined
}

const isPending = (value: unknown): value is Pending =>
  typeof value === 'object' &&
  value !== null &&
  'clientMessageId' in value &&
  'content' in value &&
  'writtenAt' in value &&
  'failed' in value

function read(storage: Storage, key: string): Pending[] {
  try {
    const saved: unknown = JSON.parse(storage.getItem(key) ?? '[]')
    return Array.isArray(saved) ? saved.filter(isPending) : []
  } catch {
    return []
  }
}

export function createOutbox(deps: {
  storage: Storage
  key: string
  newId(): string
  now(): number
  changed(): void
}): Outbox {
  let pending = read(deps.storage, deps.key)

  const set = (next: Pending[]) => {
    pending = next
    deps.storage.setItem(deps.key, JSON.stringify(pending))
    deps.changed()
  }
  const mark = (id: string, failed: string | null) =>
    set(pending.map((one) => (one.clientMessageId === id ? { ...one, failed } : one)))

  return {
    list: () => pending,
    add(content, { isNote = false } = {}) {
      const one: Pending = {
        clientMessageId: deps.newId(),
        content,
        writtenAt: new Date(deps.now()).toISOString(),
        ...(isNote && { isNote }),
        failed: null,
      }
      set([...pending, one])
      return one
    },
    remove(id) {
      if (pending.some((one) => one.clientMessageId === id)) set(pending.filter((one) => one.clientMessageId !== id))
    },
    fail: (id, reason) => mark(id, reason),
    retry: (id) => mark(id, null),
    next: () => pending.find((one) => one.failed === null),
  }
}
