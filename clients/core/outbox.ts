import type { UploadedFile } from '../../src/contract/file.ts'
import type { Storage } from './storage.ts'

/** A message on its way. It stays until the server says that it is stored, over reloads and lost connections. */
export interface Pending {
  clientMessageId: string
  /** Beside a file its caption, which may be empty. */
  content: string
  writtenAt: string
  /** Uploaded before, for this chat. */
  file?: UploadedFile
  /** For the team alone. */
  isNote?: true
  /** Set when the server will never take it as it is. */
  failed: string | null
}

export interface Outbox {
  /** The oldest first. */
  list(): readonly Pending[]
  add(content: string, options?: { isNote?: boolean; file?: UploadedFile; writtenAt?: string }): Pending
  /** It is stored, or is not wanted any more. */
  remove(clientMessageId: string): void
  fail(clientMessageId: string, reason: string): void
  retry(clientMessageId: string): void
  /** The oldest that is to be sent. */
  next(): Pending | undefined
  /** Another tab may have changed it. */
  refresh(): void
}

interface OutboxDeps {
  storage: Storage
  key: string
  newId(): string
  now(): number
  changed(): void
}

/** One item of the storage for each message: two tabs that write at once do not overwrite each other's. */
export function createOutbox({ storage, key, newId, now, changed }: OutboxDeps): Outbox {
  const prefix = `${key}:`
  let pending = readAll(storage, prefix)

  const show = (next: Pending[]) => {
    pending = next
    changed()
  }
  const keep = (one: Pending) => storage.setItem(`${prefix}${one.clientMessageId}`, JSON.stringify(one))
  const mark = (id: string, failed: string | null) => {
    const next = pending.map((one) => (one.clientMessageId === id ? { ...one, failed } : one))
    for (const one of next) if (one.clientMessageId === id) keep(one)
    show(next)
  }
  /** After everything that this tab knows of, so that the order of two in one millisecond is kept. */
  const timeNow = () =>
    new Date(Math.max(now(), ...pending.map(({ writtenAt }) => Date.parse(writtenAt) + 1))).toISOString()

  return {
    list: () => pending,
    add(content, { isNote = false, file, writtenAt } = {}) {
      const one: Pending = {
        clientMessageId: newId(),
        content,
        writtenAt: writtenAt ?? timeNow(),
        ...(file && { file }),
        ...(isNote && { isNote }),
        failed: null,
      }
      keep(one)
      show([...pending, one].sort(byTime))
      return one
    },
    remove(id) {
      storage.removeItem(`${prefix}${id}`)
      if (pending.some((one) => one.clientMessageId === id)) show(pending.filter((one) => one.clientMessageId !== id))
    },
    fail: (id, reason) => mark(id, reason),
    retry: (id) => mark(id, null),
    next: () => pending.find((one) => one.failed === null),
    refresh: () => show(readAll(storage, prefix)),
  }
}

const byTime = (one: Pending, other: Pending) =>
  one.writtenAt === other.writtenAt
    ? one.clientMessageId < other.clientMessageId
      ? -1
      : 1
    : one.writtenAt < other.writtenAt
      ? -1
      : 1

function readAll(storage: Storage, prefix: string): Pending[] {
  return storage
    .keys()
    .filter((key) => key.startsWith(prefix))
    .flatMap((key) => read(storage.getItem(key)) ?? [])
    .sort(byTime)
}

function read(text: string | null): Pending | null {
  try {
    const saved: unknown = JSON.parse(text ?? 'null')
    return isPending(saved) ? saved : null
  } catch {
    return null
  }
}

const isPending = (value: unknown): value is Pending =>
  typeof value === 'object' &&
  value !== null &&
  'clientMessageId' in value &&
  'content' in value &&
  'writtenAt' in value &&
  'failed' in value
