import type { LinkTo } from '../../../bridge/port.ts'
import type { Actor, EventOf, LogEvent } from '../../../contract/event.ts'
import { fileText } from '../../../contract/file-text.ts'
import type { SessionId } from '../../../contract/ids.ts'
import { alertLine } from './alert.ts'
import { escapedOrBlank, escapeText, oneLine } from './text.ts'

/** Under whose name a post stands. */
export interface Author {
  name: string
  icon: string
}

const service: Author = { name: 'Deskbridge', icon: ':speech_balloon:' }
const mostNameLength = 80

export function authorOf(actor: Actor): Author {
  switch (actor.kind) {
    case 'visitor':
      return { name: oneLine(actor.name ?? '', mostNameLength) || 'Visitor', icon: ':bust_in_silhouette:' }
    case 'agent':
    case 'colleague':
      return { name: oneLine(actor.name, mostNameLength), icon: ':headphones:' }
    case 'admin':
    case 'system':
      return service
  }
}

/** Something to be shown in the thread. Entries with one `voice` may stand in one post. `text` is as sent, `line` is in Slack's markup. */
export type Entry = { seq: number; voice: string; author: Author } & (
  | { kind: 'message'; internal: boolean; text: string }
  | { kind: 'context'; line: string; broadcast?: true }
)

/** `null`: nothing to see. */
export function entryOf(event: LogEvent, linkTo: LinkTo): Entry | null {
  switch (event.type) {
    case 'message':
      return message(event, linkTo)
    case 'agent_joined':
      return context(event, 'joined the chat')
    case 'session_closed':
      return context(event, 'closed the chat')
    case 'agent_left':
      return context(event, 'left the chat')
    case 'assigned':
      return context(event, assigned(event))
    case 'unassigned':
      return context(event, `took the chat from ${escapeText(event.body.agent.name)}`)
    case 'transferred':
      return context(event, `transferred the chat to ${transferTarget(event)}`)
    case 'session_reopened':
      return context(event, 'reopened the chat')
    case 'ticket_requested':
      return context(event, 'asked for a ticket')
    case 'alerted':
      return alert(event)
    case 'session_started':
    case 'visitor_updated':
    case 'emailed':
    case 'erased':
    case 'restored':
    case 'message_edited':
    case 'message_deleted':
    case 'message_read':
    case 'message_delivered':
    case 'tags_changed':
    case 'rated':
      return null
  }
}

/** Whoever answers what nobody has takes it. */
const assigned = ({ actor, body: { agent } }: EventOf<'assigned'>): string =>
  'id' in actor && actor.id === agent.id ? 'took the chat' : `gave the chat to ${escapeText(agent.name)}`

function transferTarget({ body: { to, note } }: EventOf<'transferred'>): string {
  const whom = to.kind === 'agent' ? to.agent.name : `the team ${to.team}`
  return escapeText(note ? `${whom}: ${oneLine(note, mostFactLength)}` : whom)
}

function message({ seq, actor, body }: EventOf<'message'>, linkTo: LinkTo): Entry {
  const id = 'id' in actor ? actor.id : actor.rule
  const author = body.messageType === 'system' ? service : authorOf(actor)
  const voice = `${body.internal ? 'note' : 'message'}:${body.messageType === 'system'}:${actor.kind}:${id}`
  const text = body.file ? fileText(body.content, body.file, linkTo(body.file)) : body.content
  return { kind: 'message', seq, voice, author, internal: body.internal, text }
}

function context({ seq, actor }: LogEvent, did: string): Entry {
  const who = escapeText(actor.kind === 'admin' ? 'An administrator' : authorOf(actor).name)
  return { kind: 'context', seq, voice: 'context', author: service, line: `_${who} ${did}._` }
}

const alert = (event: EventOf<'alerted'>): Entry => {
  const { seq } = event
  return { kind: 'context', seq, voice: `alert:${seq}`, author: service, line: alertLine(event), broadcast: true }
}

export const noteHeading = ':lock: *Internal note*'

/** Entries of one voice in Slack's markup. */
export function postText(entries: readonly Entry[]): string {
  const lines = entries.map((entry) => (entry.kind === 'message' ? escapedOrBlank(entry.text) : entry.line))
  const [first] = entries
  return [...(first?.kind === 'message' && first.internal ? [noteHeading] : []), ...lines].join('\n')
}

const mostFactLength = 300

/** Who writes and where from. What a visitor says of themself is said to be that. */
export function rootText(
  session: SessionId,
  first: EventOf<'message'>,
  started: EventOf<'session_started'> | null,
  said: readonly string[],
): string {
  const visitor = started?.body.visitor
  const opener = authorOf(started?.actor ?? first.actor).name
  const facts: [string, string | undefined][] = [
    [visitor?.proven?.includes('email') ? 'Email (verified)' : 'Email (as they say)', visitor?.email],
    ['Customer (verified)', visitor?.verified ? visitor.externalId : undefined],
    ['Page', visitor?.page],
    ['Came from', visitor?.referrer],
    ['Inbox', started?.body.inbox],
    ['Left', started?.body.offline ? 'outside opening hours; nobody waits in the chat' : undefined],
    ['Chat', session],
    ...said.map((text): [string, string] => ['Said by itself', text]),
  ]
  const lines = facts.flatMap(([label, value]) =>
    value ? [`${label}: ${escapeText(oneLine(value, mostFactLength))}`] : [],
  )
  return [`*New chat with ${escapeText(opener)}*`, ...lines].join('\n')
}
