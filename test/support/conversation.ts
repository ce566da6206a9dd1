import type { Conversation } from '../../src/bridge/conversation.ts'
import type { StoredArrival } from '../../src/bridge/inbound/arrival.ts'
import type { TakeInDeps } from '../../src/bridge/inbound/take-in.ts'
import type { EventKey } from '../../src/contract/ids.ts'
import { aColleague } from './colleague.ts'

interface Message {
  text: string
  internal: boolean
  deleted: boolean
}

/** A chat in memory: `messages` by their keys, in the order in which they came. */
export function aConversation(): Conversation & { messages: Map<EventKey, Message> } {
  const messages = new Map<EventKey, Message>()
  const change = (key: EventKey, values: Partial<Message>) => {
    const message = messages.get(key)
    if (!message || message.deleted) throw new Error(`${key} cannot be changed`)
    messages.set(key, { ...message, ...values })
  }
  return {
    messages,
    whoIs: aColleague,
    async post({ key, text, internal = false }) {
      if (!messages.has(key)) messages.set(key, { text, internal, deleted: false })
    },
    async postFile({ key, name, internal = false }) {
      if (!messages.has(key)) messages.set(key, { text: name, internal, deleted: false })
    },
    linkTicket: async () => {},
    standing: async (_session, key) => messages.get(key) ?? null,
    reach: async () => 'reached',
    revise: async ({ of, text }) => change(of, { text }),
    remove: async ({ of }) => change(of, { text: '', deleted: true }),
  }
}

/** What arrived, in memory. */
export function anInbox(items = new Map<string, StoredArrival>()): TakeInDeps['inbox'] {
  return {
    move: async () => {},
    toldBefore: async () => [],
    isOutdated: async ({ of, order }) =>
      [...items.values()].some((item) => item.of === of && item.state === 'done' && item.order > order),
    async forestall({ of: id = '', ...change }, outcome) {
      items.set(id, { ...change, _id: id, id, state: 'done', outcome })
    },
  }
}
