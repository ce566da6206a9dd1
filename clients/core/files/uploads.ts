import type { ErrorBody } from '../../../src/contract/errors.ts'
import type { UploadedFile } from '../../../src/contract/file.ts'
import type { Retry } from '../line/retry.ts'
import type { Refusal, Upload } from '../line/transport.ts'
import { passes } from '../outbox/passing.ts'

/** A file on its way up. It is gone with the page; once it is up, its message is in the outbox. */
export interface Uploading {
  id: string
  file: Blob
  name: string
  caption: string
  /** For the team alone. */
  isNote: boolean
  writtenAt: string
  /** What is up of it, from 0 to 1. */
  part: number
  /** Why the server will not take it. */
  failed: ErrorBody | null
}

export interface Uploads {
  list(): readonly Uploading[]
  add(file: Blob, name: string, caption: string, options?: { isNote?: boolean }): void
  /** One that was up, for a chat that is over. */
  again(upload: Uploading): void
  /** Tries one again that was refused. */
  retry(id: string): void
  cancel(id: string): void
  /** There is a chat to which they can go up. */
  goOn(): void
  stop(): void
}

interface UploadsDeps {
  /** Whether there is a chat that takes them. */
  isOpen(): boolean
  /** Rejects when no answer came. */
  upload(upload: Omit<Upload, 'token'> & { id: string }): Promise<({ ok: true } & UploadedFile) | Refusal>
  done(upload: Uploading, file: UploadedFile): void
  retry: Retry
  newId(): string
  now(): number
  changed(): void
}

/** One after the other, so that their messages come in the order in which they were chosen. */
export function createUploads({ isOpen, upload, done, retry, newId, now, changed }: UploadsDeps): Uploads {
  let all: readonly Uploading[] = []
  let running: { id: string; abort: AbortController } | null = null
  let stopped = false

  const show = (next: readonly Uploading[]) => {
    all = next
    changed()
  }
  const change = (id: string, what: Partial<Uploading>) =>
    show(all.map((one) => (one.id === id ? { ...one, ...what } : one)))
  const remove = (id: string) => show(all.filter((one) => one.id !== id))
  const isWanted = (id: string) => all.some((one) => one.id === id)

  const goOn = async () => {
    const next = all.find(({ failed }) => failed === null)
    if (!next || running || stopped || !isOpen()) return
    const { id, file, name } = next
    const abort = new AbortController()
    running = { id, abort }
    const progress = (part: number) => isWanted(id) && !stopped && change(id, { part })
    const answer = await upload({ id, file, name, progress, signal: abort.signal }).catch(() => null)
    running = null
    if (stopped) return
    if (isWanted(id)) settle(next, answer)
    else void goOn()
  }

  const settle = (one: Uploading, answer: Awaited<ReturnType<UploadsDeps['upload']>> | null) => {
    if (answer === null || (!answer.ok && passes(answer.error))) {
      change(one.id, { part: 0 })
      return retry.again(goOn, answer?.ok === false ? answer.error.retryAfterMs : 0)
    }
    retry.worked()
    if (answer.ok) {
      const { ok: _, ...file } = answer
      remove(one.id)
      done(one, file)
    } else change(one.id, { failed: answer.error })
    void goOn()
  }

  return {
    list: () => all,
    add(file, name, caption, { isNote = false } = {}) {
      const writtenAt = new Date(now()).toISOString()
      show([...all, { id: newId(), file, name, caption, isNote, writtenAt, part: 0, failed: null }])
      void goOn()
    },
    again(upload) {
      show([...all, { ...upload, part: 0, failed: null }].sort(byTime))
      void goOn()
    },
    retry(id) {
      if (!isWanted(id)) return
      change(id, { failed: null, part: 0 })
      void goOn()
    },
    cancel(id) {
      remove(id)
      if (running?.id === id) running.abort.abort()
    },
    goOn: () => void goOn(),
    stop() {
      stopped = true
      retry.stop()
      running?.abort.abort()
    },
  }
}

const byTime = (one: Uploading, other: Uploading) => Date.parse(one.writtenAt) - Date.parse(other.writtenAt)
