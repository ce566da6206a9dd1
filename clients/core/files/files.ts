import type { Retry } from '../line/retry.ts'
import type { Transport } from '../line/transport.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Saved } from '../visit/visit.ts'
import { createUploads, type Uploading } from './uploads.ts'

/** The visitor's files, each until its message is stored. */
export interface Files {
  /** Those that are not up yet. */
  list(): readonly Uploading[]
  /** Some are to go up. */
  wait(): boolean
  add(file: Blob, name: string, caption: string): void
  /** False: there is none of this id. */
  retry(id: string): boolean
  cancel(id: string): void
  /** There is a chat to which they can go up. */
  goOn(): void
  /** A file is up for one chat alone: what was not sent in it goes up again for the next. */
  ended(): void
  stop(): void
}

interface FilesDeps {
  transport: Transport
  outbox: Outbox
  retry: Retry
  /** Where they go up to. */
  chat(): Saved | null
  /** One is in the outbox. */
  sent(): void
  newId(): string
  now(): number
  changed(): void
}

const ofAnEnd = new Set<string>(['not_found', 'unauthorized', 'session_closed'])

export function createFiles({ transport, outbox, chat, sent, ...deps }: FilesDeps): Files {
  /** What is up and whose message may not be stored yet. */
  let unsure: readonly Uploading[] = []
  /** Refused because the chat is not there: it will be heard in a moment that it has ended. */
  const early = new Set<string>()

  const uploads = createUploads({
    ...deps,
    isOpen: () => chat() !== null,
    async upload({ id, ...way }) {
      const { sessionId, token } = chat() ?? { sessionId: '', token: '' }
      const answer = await transport.upload({ ...way, token })
      // Another chat has nothing of it.
      if (chat()?.sessionId !== sessionId) throw new Error('the chat has ended')
      if (!answer.ok && ofAnEnd.has(answer.error.code)) early.add(id)
      return answer
    },
    done(upload, file) {
      const { id, caption, writtenAt } = upload
      const waiting = new Set(outbox.list().map((one) => one.clientMessageId))
      unsure = [...unsure.filter((one) => waiting.has(one.id)), upload]
      outbox.add(caption, { id, file, writtenAt })
      sent()
    },
  })

  return {
    list: uploads.list,
    wait: () => uploads.list().some(({ failed }) => failed === null),
    add: uploads.add,
    retry(id) {
      const isOurs = uploads.list().some((one) => one.id === id)
      if (isOurs) uploads.retry(id)
      return isOurs
    },
    cancel: uploads.cancel,
    goOn: uploads.goOn,
    ended() {
      const waiting = new Set(outbox.list().map((one) => one.clientMessageId))
      for (const upload of unsure.filter(({ id }) => waiting.has(id))) {
        outbox.remove(upload.id)
        uploads.again(upload)
      }
      unsure = []
      for (const id of early) uploads.retry(id)
      early.clear()
    },
    stop: uploads.stop,
  }
}
