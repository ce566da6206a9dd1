import type { ErrorBody } from '../../../src/contract/errors.ts'
import type { UploadedFile } from '../../../src/contract/file.ts'
import type { Storage } from '../platform/storage.ts'

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
  /** Why the server will never take it as it is. */
  failed: ErrorBody | null
}

export interface Outbox {
  /** The oldest first. */
  list(): readonly Pending[]
  /** `id`: by which it is known already, as an upload. */
  add(content: string, options?: { isNote?: boolean; file?: UploadedFile; writtenAt?: string; id?: string }): Pending
  /** It is stored and shown, or is not wanted any more. */
  remove(clientMessageId: string): void
  /** It is stored. Until it is removed it is shown as it was; nobody sends it any more. */
  settle(clientMessageId: string): void
  fail(clientMessageId: string, why: ErrorBody): void
  retry(clientMessageId: string): void
  /** The oldest that is to be sent. */
  next(): Pending | undefined
  /** Whether it was written in this page and is asked for the first time. */
  isFirstTry(clientMessageId: string): boolean
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
  const settled = new Map<string, Pending>()
  const untried = new Set<string>()
  let pending = readAll(storage, prefix)

  const show = (next: Pending[]) => {
    pending = next.sort(byTime)
    changed()
  }
  const without = (id: string) => pending.filter((one) => one.clientMessageId !== id)
  const keep = (one: Pending) => storage.setItem(`${prefix}${one.clientMessageId}`, JSON.stringify(one))
  const mark = (id: string, failed: Pending['failed']) => {
    const one = pending.find(({ clientMessageId }) => clientMessageId === id)
    if (!one) return
    // Another tab has seen it stored, or has taken it back.
    if (storage.getItem(`${prefix}${id}`) === null) return show(without(id))
    const marked = { ...one, failed }
    keep(marked)
    show([...without(id), marked])
  }
  /** After everything that this tab knows of, so that the order of two in one millisecond is kept. */
  const timeNow = () =>
    new Date(Math.max(now(), ...pending.map(({ writtenAt }) => Date.parse(writtenAt) + 1))).toISOString()

  return {
    list: () => pending,
    add(content, { isNote = false, file, writtenAt, id } = {}) {
      const one: Pending = {
        clientMessageId: id ?? newId(),
        content,
        writtenAt: writtenAt ?? timeNow(),
        ...(file && { file }),
        ...(isNote && { isNote }),
        failed: null,
      }
      keep(one)
      untried.add(one.clientMessageId)
      show([...without(one.clientMessageId), one])
      return one
    },
    remove(id) {
      settled.delete(id)
      untried.delete(id)
      storage.removeItem(`${prefix}${id}`)
      if (pending.some((one) => one.clientMessageId === id)) show(without(id))
    },
    settle(id) {
      const one = pending.find(({ clientMessageId }) => clientMessageId === id)
      if (one) settled.set(id, one)
      storage.removeItem(`${prefix}${id}`)
    },
    fail: mark,
    retry: (id) => mark(id, null),
    next: () => pending.find(({ failed, clientMessageId }) => failed === null && !settled.has(clientMessageId)),
    isFirstTry: (id) => untried.delete(id),
    refresh() {
      const kept = readAll(storage, prefix).filter(({ clientMessageId }) => !settled.has(clientMessageId))
      show([...kept, ...settled.values()])
    },
  }
}

const byTime = (one: Pending, other: Pending) =>
  compare(one.writtenAt, other.writtenAt) || compare(one.clientMessageId, other.clientMessageId)

const compare = (one: string, other: string) => (one === other ? 0 : one < other ? -1 : 1)

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

/** Others write into this storage, too, and so did older versions of this. */
function isPending(value: unknown): value is Pending {
  const { clientMessageId, content, writtenAt, failed, file }: Partial<Record<string, unknown>> = Object(value)
  return (
    typeof clientMessageId === 'string' &&
    typeof content === 'string' &&
    typeof writtenAt === 'string' &&
    !Number.isNaN(Date.parse(writtenAt)) &&
    (failed === null || typeof Object(failed).message === 'string') &&
    (file === undefined || isUploaded(file))
  )
}

const isUploaded = (file: unknown) => {
  const { fileId, type }: Partial<Record<string, unknown>> = Object(file)
  return typeof fileId === 'string' && typeof type === 'string'
}
