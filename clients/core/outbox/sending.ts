import type { Message } from '../../../src/contract/chat.ts'
import type { Line, Refusal } from '../line/transport.ts'
import type { Clock } from '../platform/clock.ts'
import type { Outbox, Pending } from './outbox.ts'

/** What becomes of a chat's outbox. */
export interface Sending {
  /** There may be something to send. */
  flush(): Promise<void>
  /** These are shown now. */
  shown(messages: readonly Pick<Message, 'id' | 'clientMessageId'>[]): void
  /** What is stored has not to be sent any more, wherever the rest of the outbox goes. */
  close(): void
}

interface SendingDeps {
  line: Line
  sessionId: string
  outbox: Outbox
  clock: Clock
  /** This machine's own. ms */
  now(): number
  later(task: () => void, ms: number): void
  isOnline(): boolean
  isShown(message: { id: unknown; clientMessageId: string }): boolean
  /** Its frame should have come. */
  missed(): void
  worked(): void
  /** It was not taken, and may be later. Null: no answer came. */
  failed(answer: Refusal | null): void
}

/** Answers after which the same message will never be taken. */
const permanent = new Set<string>([
  'invalid_input',
  'message_too_long',
  'key_conflict',
  'forbidden',
  'body_too_large',
  'blocked',
])
/** A frame and the answer come in either order. ms */
const frameWithinMs = 2_000

/** One at a time, the oldest first: the order in which they were written is the order in which they are stored. */
export function createSending(deps: SendingDeps): Sending {
  const { line, sessionId, outbox, clock } = deps
  /** By its own id, what is stored and not shown yet, with the stored message's. */
  const unseen = new Map<string, unknown>()
  let isSending = false
  let isClosed = false

  const send = async (pending: Pending): Promise<boolean> => {
    const isFirstTry = outbox.isFirstTry(pending.clientMessageId)
    const askedAt = deps.now()
    const answer = await line.ask('send_message', messageOf(sessionId, pending)).catch(() => null)
    // One that was stored before has its time of then.
    if (answer?.ok && isFirstTry) clock.measure(answer.createdAt, askedAt, deps.now())
    if (answer?.ok) stored(pending.clientMessageId, answer.id)
    if (answer?.ok) return true
    const isNeverTaken = answer !== null && willNeverBeTaken(pending, answer)
    if (isNeverTaken) outbox.fail(pending.clientMessageId, answer.error)
    else deps.failed(answer)
    return isNeverTaken
  }

  const stored = (clientMessageId: string, id: unknown) => {
    deps.worked()
    if (isClosed || deps.isShown({ id, clientMessageId })) return outbox.remove(clientMessageId)
    unseen.set(clientMessageId, id)
    outbox.settle(clientMessageId)
    deps.later(() => unseen.has(clientMessageId) && deps.missed(), frameWithinMs)
  }

  return {
    async flush() {
      if (isSending) return
      isSending = true
      let isTaken = true
      for (let next = outbox.next(); next && isTaken && deps.isOnline(); next = outbox.next())
        isTaken = await send(next)
      isSending = false
    },
    shown(messages) {
      for (const { id, clientMessageId } of messages) {
        const [ours] = [...unseen].find(([, stored]) => stored === id) ?? [clientMessageId]
        if (ours === undefined) continue
        unseen.delete(ours)
        outbox.remove(ours)
      }
    },
    close() {
      isClosed = true
      for (const id of unseen.keys()) outbox.remove(id)
      unseen.clear()
    },
  }
}

/** A file is there for one chat, and for a time. */
const willNeverBeTaken = ({ file }: Pending, { error: { code } }: Refusal) =>
  permanent.has(code) || (code === 'not_found' && file !== undefined)

const messageOf = (sessionId: string, { clientMessageId, content, file, isNote }: Pending) => ({
  sessionId,
  messageType: file ? (file.type.startsWith('image/') ? 'image' : 'file') : 'text',
  content,
  clientMessageId,
  ...(file && { file: { fileId: file.fileId } }),
  ...(isNote && { isInternal: true }),
})
