import type { HistoryPage, Message, SessionInfo, SessionStatus } from '../../../src/contract/chat.ts'
import type { Frame } from '../../../src/contract/socket.ts'

/** What a client knows of a chat. `cursor`: it has seen everything up to here; null before the first page. */
export interface Conversation {
  epoch: string | null
  cursor: number | null
  /** As it is now; null before anything is known. */
  info: SessionInfo | null
  status: SessionStatus
  messages: readonly Message[]
  /** There are older ones before the first that is here. */
  hasOlder: boolean
  agents: readonly { id: string; name: string }[]
  /** How far each side has read. */
  readUpTo: SessionInfo['readUpTo']
}

export const emptyConversation: Conversation = {
  epoch: null,
  cursor: null,
  info: null,
  status: 'queued',
  messages: [],
  hasOlder: false,
  agents: [],
  readUpTo: { visitor: 0, team: 0 },
}

/** A frame whose predecessor is not here: something was missed and has to be pulled. */
export const gap = Symbol('gap')

/** Takes a frame in once, in order. A repeated one changes nothing. */
export function withFrame(conversation: Conversation, frame: Frame): Conversation | typeof gap {
  const { cursor } = conversation
  const { seq, prev } = frame.data
  if (cursor === null || prev > cursor) return gap
  if (seq <= cursor) return conversation
  return { ...take(conversation, frame), cursor: seq }
}

function take(conversation: Conversation, frame: Frame): Conversation {
  switch (frame.event) {
    case 'new_message': {
      const { prev: _prev, ...message } = frame.data
      // A message in a closed chat reopens it; the log has no event of its own for that.
      return {
        ...conversation,
        status: statusAfter(conversation.status, message),
        messages: [...conversation.messages, message],
        agents: withAgent(conversation.agents, message),
      }
    }
    case 'agent_joined': {
      const { agentId: id, agentName: name } = frame.data
      return {
        ...conversation,
        agents: conversation.agents.some((agent) => agent.id === id)
          ? conversation.agents
          : [...conversation.agents, { id, name }],
      }
    }
    case 'agent_left':
      return { ...conversation, agents: conversation.agents.filter(({ id }) => id !== frame.data.agentId) }
    case 'message_updated': {
      const { messageId, content, editedAt } = frame.data
      return withChange(conversation, messageId, { content, editedAt })
    }
    case 'message_deleted':
      return withChange(conversation, frame.data.messageId, { content: '', file: null, deleted: true })
    case 'session_updated':
      return withoutErased(withState(conversation, frame.data), frame.data.erasedUpTo)
    case 'message_read':
      return { ...conversation, readUpTo: withReceipt(conversation.readUpTo, frame.data) }
    case 'message_delivered':
      return conversation
  }
}

/** What a change names, as it is now; what it does not name stays. */
function withState(
  conversation: Conversation,
  change: Extract<Frame, { event: 'session_updated' }>['data'],
): Conversation {
  const { status = conversation.status, assignee, visitor, rating, resolution, tags, team, ticket } = change
  const info = conversation.info && {
    ...conversation.info,
    status,
    ...(assignee !== undefined && { assignee }),
    ...(visitor !== undefined && { visitor }),
    // Each closing is rated for itself.
    ...(resolution !== undefined && { resolution, rating: null }),
    ...(rating !== undefined && { rating }),
    ...(tags !== undefined && { tags: [...tags] }),
    ...(team !== undefined && { team }),
    ...(ticket !== undefined && { ticket }),
  }
  return { ...conversation, status, info }
}

/** Backwards nobody reads. */
function withReceipt(
  { visitor, team }: Conversation['readUpTo'],
  { readerType, upTo }: Extract<Frame, { event: 'message_read' }>['data'],
): Conversation['readUpTo'] {
  return readerType === 'visitor' ? { visitor: Math.max(visitor, upTo), team } : { visitor, team: Math.max(team, upTo) }
}

/** As the log's own state follows from it. */
function statusAfter(status: SessionStatus, { senderType, isInternal }: Message): SessionStatus {
  if (senderType === 'system' || senderType === 'bot' || isInternal) return status
  if (senderType === 'agent') return 'active'
  return status === 'closed' ? 'queued' : status
}

/** A deletion is for good. */
const withChange = (conversation: Conversation, id: string, change: Partial<Message>): Conversation => ({
  ...conversation,
  messages: conversation.messages.map((message) =>
    message.id === id && !message.deleted ? { ...message, ...change } : message,
  ),
})

/** What was erased goes from this screen as well. */
const withoutErased = (conversation: Conversation, upTo = 0): Conversation => ({
  ...conversation,
  messages: conversation.messages.map((message) =>
    message.seq <= upTo ? { ...message, content: '', file: null, editedAt: null, deleted: true } : message,
  ),
})

const withAgent = (
  agents: Conversation['agents'],
  { senderType, senderId, senderName }: Message,
): Conversation['agents'] => {
  if (senderType !== 'agent' || agents.some((agent) => agent.id === senderId)) return agents
  return [...agents, { id: senderId, name: senderName ?? '' }]
}

/** Another epoch is another life of the session: what was known of it is void. */
export function withInfo(conversation: Conversation, info: SessionInfo): Conversation {
  const known = conversation.epoch === null || conversation.epoch === info.epoch ? conversation : emptyConversation
  return { ...known, epoch: info.epoch, info, status: info.status, agents: info.agents, readUpTo: info.readUpTo }
}

/** A page joins what is there; the newest page sets the cursor. */
export function withPage(conversation: Conversation, page: HistoryPage): Conversation {
  const joined = joinedWith(conversation, page, [...conversation.messages, ...page.messages])
  return { ...joined, cursor: Math.max(conversation.cursor ?? 0, page.seq) }
}

/** What was before the first that is here; what is here stays as it is. `since`: what has come since the page was asked for. */
export const withOlder = (
  conversation: Conversation,
  page: HistoryPage,
  since: readonly Frame[] = [],
): Conversation => {
  if (page.messages.length === 0) return { ...conversation, hasOlder: page.hasMore }
  const joined = joinedWith(conversation, page, [...page.messages, ...conversation.messages])
  // They were told of messages that were not here.
  const changed = since.filter(({ event, data }) => event !== 'new_message' && data.seq > page.seq).reduce(take, joined)
  return { ...joined, messages: changed.messages }
}

/** Of two that are the same the later one in the list counts. */
function joinedWith(
  conversation: Conversation,
  { messages, hasMore }: HistoryPage,
  all: readonly Message[],
): Conversation {
  const bySeq = new Map(all.map((message) => [message.seq, message]))
  const sorted = [...bySeq.values()].sort((a, b) => a.seq - b.seq)
  const isFromHere = sorted[0]?.seq === messages[0]?.seq
  return { ...conversation, messages: sorted, hasOlder: isFromHere ? hasMore : conversation.hasOlder }
}
