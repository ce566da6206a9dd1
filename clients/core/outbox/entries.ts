import type { Message } from '../../../src/contract/chat.ts'
import type { ChatState } from '../client.ts'
import type { Uploading } from '../files/uploads.ts'
import type { Pending } from './outbox.ts'

/** One line of what is shown. `state` is of what we wrote ourselves, and null of what others did. */
export type Entry =
  | { kind: 'stored'; message: Message; state: 'sent' | 'read' | null }
  | { kind: 'pending'; pending: Pending; state: 'sending' | 'failed' }
  | { kind: 'upload'; upload: Uploading; state: 'sending' | 'failed' }

/** What is stored in the log's order, and after it what is on its way in the order in which it was written. */
export function entriesOf(
  { conversation, pending, uploads }: Pick<ChatState, 'conversation' | 'pending' | 'uploads'>,
  side: 'visitor' | 'agent' = 'visitor',
): Entry[] {
  const { messages, readUpTo } = conversation
  const stored = new Set(messages.map(({ clientMessageId }) => clientMessageId))
  const others = side === 'visitor' ? readUpTo.team : readUpTo.visitor
  const stateOf = ({ senderType, seq, isInternal }: Message) =>
    senderType !== side || isInternal ? null : seq <= others ? 'read' : 'sent'
  const onItsWay = [
    ...pending
      .filter(({ clientMessageId }) => !stored.has(clientMessageId))
      .map((one) => ({ at: one.writtenAt, entry: { kind: 'pending', pending: one, state: stateAfter(one) } as const })),
    ...uploads.map((one) => ({
      at: one.writtenAt,
      entry: { kind: 'upload', upload: one, state: stateAfter(one) } as const,
    })),
  ]
  return [
    ...messages.map((message) => ({ kind: 'stored', message, state: stateOf(message) }) as const),
    ...onItsWay.sort(byTime).map(({ entry }) => entry),
  ]
}

/** Two of one moment stay as they are. */
const byTime = (one: { at: string }, other: { at: string }) => (one.at === other.at ? 0 : one.at < other.at ? -1 : 1)

const stateAfter = ({ failed }: Pick<Pending, 'failed'>) => (failed === null ? 'sending' : 'failed')

export const idOf = (entry: Entry): string => {
  switch (entry.kind) {
    case 'stored':
      return entry.message.clientMessageId ?? entry.message.id
    case 'pending':
      return entry.pending.clientMessageId
    case 'upload':
      return entry.upload.id
  }
}

/** Of people and bots, that were not read by then. */
export const unreadIn = ({ messages, readUpTo }: ChatState['conversation']): number =>
  messages.filter(
    ({ senderType, seq, deleted }) =>
      (senderType === 'agent' || senderType === 'bot') && seq > readUpTo.visitor && !deleted,
  ).length
