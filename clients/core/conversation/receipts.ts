import type { Message } from '../../../src/contract/chat.ts'
import type { Answer } from '../line/transport.ts'

/** Says how far was read, once for each message and until it is taken. */
export interface Receipts {
  /** This was seen. */
  seen(message: Pick<Message, 'id' | 'seq'>): void
  /** There is a connection now. */
  say(): Promise<void>
}

export function createReceipts(deps: {
  isOnline(): boolean
  tell(messageId: string): Promise<Answer | null>
}): Receipts {
  let last: Pick<Message, 'id' | 'seq'> | null = null
  let told = 0

  const say = async () => {
    if (!last || last.seq <= told || !deps.isOnline()) return
    const before = told
    const { id, seq } = last
    told = seq
    const answer = await deps.tell(id)
    // A newer one says this as well.
    if (!answer?.ok && told === seq) told = before
  }
  return {
    seen(message) {
      if (message.seq > (last?.seq ?? 0)) last = message
      void say()
    },
    say,
  }
}
