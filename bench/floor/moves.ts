import { messageKey } from '../../src/chat/messages/message-key.ts'
import { closing, closingKey } from '../../src/chat/sessions/close-session.ts'
import { timeoutRule } from '../../src/chat/sessions/summary.ts'
import type { Actor, EventDraft, EventOf, LogEvent } from '../../src/contract/event.ts'
import { ClientMessageId, type KeyId, type Seq } from '../../src/contract/ids.ts'
import { redacted } from '../../src/log/redact.ts'
import { append, type Chat } from './chat.ts'
import type { FloorAgent } from './people.ts'
import { minute } from './wall-clock.ts'

/** As `limits` of the default settings. */
const sessionTimeout = 30 * minute
const sessionTimeoutWarning = 5 * minute

const routing = { kind: 'system', rule: 'routing' } as const
const personOf = ({ id, name }: FloorAgent) => ({ id, name })
export const actorOf = (agent: FloorAgent) => ({ kind: 'agent', ...personOf(agent) }) as const

export function visitorIn({ state }: Chat) {
  const { id, name } = state.visitor
  return { kind: 'visitor', id, ...(name && { name }) } as const
}

const clientMessageId = (chat: Chat) => ClientMessageId.parse(chat.ids.token())

const text = (content: string, internal = false) => ({ messageType: 'text', content, internal }) as const

const by = (actor: Actor) => ({ actor, origin: 'deskbridge' }) as const

export function ask(chat: Chat, content: string): Seq {
  const visitor = visitorIn(chat)
  const key = messageKey(visitor, clientMessageId(chat))
  return append(chat, key, { type: 'message', ...by(visitor), body: text(content) })
}

/** Whoever works in Slack answers in the thread. */
export function answer(chat: Chat, agent: FloorAgent, content: string): Seq {
  const actor = actorOf(agent)
  return agent.inSlack
    ? append(chat, slackKey(chat), { type: 'message', actor, origin: 'slack', body: text(content) })
    : append(chat, messageKey(actor, clientMessageId(chat)), { type: 'message', ...by(actor), body: text(content) })
}

const slackKey = ({ now, state }: Chat) =>
  `slack:C0SUPPORT:${Math.floor(now / 1_000)}.${String(state.seq).padStart(6, '0')}`

export function note(chat: Chat, agent: FloorAgent, content: string): Seq {
  const actor = actorOf(agent)
  return append(chat, messageKey(actor, clientMessageId(chat)), {
    type: 'message',
    ...by(actor),
    body: text(content, true),
  })
}

export function sayAsBot(chat: Chat, bot: { id: KeyId; name: string }, content: string): Seq {
  const key = messageKey({ kind: 'admin', id: bot.id }, clientMessageId(chat))
  return append(chat, key, { type: 'message', ...by({ kind: 'bot', ...bot }), body: text(content) })
}

/** What the service says by itself. `cause`: names it among those of its rule. */
export const sayByRule = (chat: Chat, rule: string, cause: number, content: string): Seq =>
  append(chat, `auto:${rule}:${cause}`, {
    type: 'message',
    ...by({ kind: 'system', rule }),
    body: { messageType: 'system', content, internal: false },
  })

type HandOver = Extract<EventDraft, { type: 'assigned' | 'unassigned' | 'transferred' }>
const handOver = (chat: Chat, draft: HandOver): Seq => append(chat, `auto:handed:${chat.state.hands}`, draft)

export function assign(chat: Chat, agent: FloorAgent, reason: EventOf<'assigned'>['body']['reason']): Seq {
  const actor = reason === 'taken' ? actorOf(agent) : routing
  return handOver(chat, { type: 'assigned', ...by(actor), body: { agent: personOf(agent), reason } })
}

export const takeBack = (chat: Chat, agent: FloorAgent, reason: 'no_answer' | 'offline'): Seq =>
  handOver(chat, { type: 'unassigned', ...by(routing), body: { agent: personOf(agent), reason } })

export function transfer(chat: Chat, from: FloorAgent, to: FloorAgent | string, why: string): Seq {
  const target =
    typeof to === 'string' ? ({ kind: 'team', team: to } as const) : ({ kind: 'agent', agent: personOf(to) } as const)
  return handOver(chat, { type: 'transferred', ...by(actorOf(from)), body: { to: target, note: why } })
}

export const join = (chat: Chat, agent: FloorAgent): Seq =>
  append(chat, `auto:joined:${agent.id}:${chat.state.seq}`, { type: 'agent_joined', ...by(actorOf(agent)), body: {} })

export const leave = (chat: Chat, agent: FloorAgent): Seq =>
  append(chat, `auto:left:${agent.id}:${chat.state.seq}`, { type: 'agent_left', ...by(actorOf(agent)), body: {} })

export const tag = (chat: Chat, agent: FloorAgent, tags: readonly string[]): Seq =>
  append(chat, `auto:tags:${chat.state.seq}:${agent.id}`, {
    type: 'tags_changed',
    ...by(actorOf(agent)),
    body: { tags: [...new Set(tags)].sort() },
  })

/** The visitor has seen everything up to there. */
export function read(chat: Chat, upTo: Seq): void {
  const visitor = visitorIn(chat)
  if ((chat.state.readUpTo[visitor.id] ?? 0) >= upTo) return
  append(chat, `auto:message_read:${visitor.id}:${upTo}`, { type: 'message_read', ...by(visitor), body: { upTo } })
}

type Message = EventOf<'message'>
const targetOf = ({ _id, seq, body }: Message) => ({ message: _id, messageSeq: seq, internal: body.internal })

/** `message`: one that nobody has edited. */
export const edit = (chat: Chat, message: Message, content: string): Seq =>
  append(chat, `auto:revise:${message.seq}:0`, {
    type: 'message_edited',
    ...by(message.actor),
    body: { ...targetOf(message), content },
  })

export const remove = (chat: Chat, message: Message): Seq =>
  append(chat, `auto:revise:${message.seq}:0`, {
    type: 'message_deleted',
    ...by(message.actor),
    body: targetOf(message),
  })

export function close(chat: Chat, actor: Actor, reason: EventOf<'session_closed'>['body']['reason']): Seq {
  const { state } = chat
  return append(chat, closingKey(state.closedSeq), closing(state, actor, reason))
}

/** When a chat in which nobody stirs any more is closed. Epoch ms */
export const closesItselfAt = ({ state }: Chat): number => state.activity.at.getTime() + sessionTimeout

/** Nobody stirs any more: the visitor is warned, and the chat closed. */
export function timeOut(chat: Chat): void {
  const quietSince = chat.state.activity.at.getTime()
  chat.now = Math.max(chat.now, quietSince + sessionTimeout - sessionTimeoutWarning)
  const words = 'Are you still there? This chat ends in 5 minutes if nobody writes.'
  sayByRule(chat, timeoutRule, chat.state.activity.seq, words)
  chat.now = Math.max(chat.now + sessionTimeoutWarning, quietSince + sessionTimeout)
  close(chat, { kind: 'system', rule: 'timeout' }, 'timeout')
}

export const reopen = (chat: Chat, agent: FloorAgent): Seq =>
  append(chat, `auto:reopened:${chat.state.closedSeq}`, { type: 'session_reopened', ...by(actorOf(agent)), body: {} })

/** `score`: 1 to 5. */
export function rate(chat: Chat, score: number, comment: string | null): void {
  const { resolution } = chat.state
  if (resolution === null) return
  append(chat, `auto:rated:${resolution}`, {
    type: 'rated',
    ...by(visitorIn(chat)),
    body: { resolution, score, ...(comment !== null && { comment }) },
  })
}

/** The answers that the visitor has missed. */
export function email(chat: Chat, to: string): void {
  const upTo = chat.state.answered?.seq ?? 0
  append(chat, `auto:emailed:answers:${upTo}:${chat.ids.letters(16)}`, {
    type: 'emailed',
    ...by({ kind: 'system', rule: 'mail' }),
    body: { what: 'answers', to, upTo },
  })
}

/** As an erasure leaves a chat: what was said in it is gone from the events themselves. */
export function erase(chat: Chat, reason: EventOf<'erased'>['body']['reason']): void {
  if (chat.now >= chat.until) return
  const upTo = chat.state.seq
  const actor: Actor = reason === 'request' ? { kind: 'admin', id: 'key' } : { kind: 'system', rule: reason }
  append(chat, `auto:erased:${chat.ids.token()}`, { type: 'erased', ...by(actor), body: { upTo, reason } })
  chat.events = chat.events.map((event: LogEvent) => (event.seq <= upTo ? redacted(event) : event))
}
