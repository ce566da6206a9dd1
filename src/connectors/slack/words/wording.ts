import type { LinkTo } from '../../../bridge/port/asked.ts'
import type { Actor, EventOf, FileRef, LogEvent } from '../../../contract/event.ts'
import { fileText } from '../../../contract/file-text.ts'
import type { PictureId } from '../../../contract/ids.ts'
import { alertLine } from './alert.ts'
import { escapedOrBlank, escapeText, oneLine } from './text.ts'

/** Under whose name a post stands. `picture`: its address; without one, the icon. */
export interface Author {
  name: string
  icon: string
  picture?: string
}

/** Where links of a post lead. */
export interface Addresses {
  linkTo: LinkTo
  pictureAt(id: PictureId): string
}

const service: Author = { name: 'Deskbridge', icon: ':speech_balloon:' }
const mostNameLength = 80
/** Whatever name a bot gives itself, it does not pass for somebody of the team. */
const mark = ' (bot)'

export function authorOf(actor: Actor, { pictureAt }: Pick<Addresses, 'pictureAt'>): Author {
  switch (actor.kind) {
    case 'visitor':
      return { name: nameOf(actor), icon: ':bust_in_silhouette:' }
    case 'agent':
    case 'colleague':
      return {
        ...{ name: nameOf(actor), icon: ':headphones:' },
        ...(actor.picture !== undefined && { picture: pictureAt(actor.picture) }),
      }
    case 'bot':
      return { name: nameOf(actor), icon: ':robot_face:' }
    case 'admin':
    case 'system':
      return service
  }
}

export function nameOf(actor: Actor): string {
  switch (actor.kind) {
    case 'visitor':
      return oneLine(actor.name ?? '', mostNameLength) || 'Visitor'
    case 'agent':
    case 'colleague':
      return oneLine(actor.name, mostNameLength)
    case 'bot':
      return `${oneLine(actor.name, mostNameLength - mark.length)}${mark}`
    case 'admin':
    case 'system':
      return service.name
  }
}

/** A file with what was said of it; the entry's text names it with a link. */
export type SentFile = Pick<FileRef, 'id' | 'name' | 'size'> & { caption: string }

/** Something to be shown in the thread. Entries with one `voice` may stand in one post. `text` is as sent, `line` is in Slack's markup. */
export type Entry = { seq: number; voice: string; author: Author } & (
  | { kind: 'message'; internal: boolean; text: string; file?: SentFile }
  | { kind: 'context'; line: string; broadcast?: true }
)

/** `null`: nothing to see. */
export function entryOf(event: LogEvent, addresses: Addresses): Entry | null {
  switch (event.type) {
    case 'message':
      return message(event, addresses)
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
    case 'rated':
      return context(event, rated(event))
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
    case 'ticket_linked':
      return null
  }
}

/** Whoever answers what nobody has takes it. */
const assigned = ({ actor, body: { agent } }: EventOf<'assigned'>): string =>
  'id' in actor && actor.id === agent.id ? 'took the chat' : `gave the chat to ${escapeText(agent.name)}`

const rated = ({ body: { score, comment } }: EventOf<'rated'>): string =>
  `rated the chat ${score} of 5${comment ? `: ${escapeText(oneLine(comment, mostFactLength))}` : ''}`

function transferTarget({ body: { to, note } }: EventOf<'transferred'>): string {
  const whom = to.kind === 'agent' ? to.agent.name : `the team ${to.team}`
  return escapeText(note ? `${whom}: ${oneLine(note, mostFactLength)}` : whom)
}

function message({ seq, actor, body }: EventOf<'message'>, addresses: Addresses): Entry {
  const id = 'id' in actor ? actor.id : actor.rule
  // One key may write under several names.
  const speaker = actor.kind === 'bot' ? `${id}:${actor.name}` : id
  const author = body.messageType === 'system' ? service : authorOf(actor, addresses)
  const voice = `${body.internal ? 'note' : 'message'}:${body.messageType === 'system'}:${actor.kind}:${speaker}`
  const text = body.file ? fileText(body.content, body.file, addresses.linkTo(body.file)) : body.content
  const { file, content: caption, internal } = body
  const sent = file && { id: file.id, name: file.name, size: file.size, caption }
  return { kind: 'message', seq, voice, author, internal, text, ...(sent && { file: sent }) }
}

function context({ seq, actor }: LogEvent, did: string): Entry {
  const who = escapeText(actor.kind === 'admin' ? 'An administrator' : nameOf(actor))
  return { kind: 'context', seq, voice: 'context', author: service, line: `_${who} ${did}._` }
}

const alert = (event: EventOf<'alerted'>): Entry => {
  const { seq } = event
  return { kind: 'context', seq, voice: `alert:${seq}`, author: service, line: alertLine(event), broadcast: true }
}

export const noteHeading = ':lock: *Internal note*'

/** What stands above a file; nothing, where nothing was said of it. */
export const commentText = (caption: string, internal: boolean): string =>
  [...(internal ? [noteHeading] : []), ...(caption.trim() === '' ? [] : [escapeText(caption)])].join('\n')

/** Entries of one voice in Slack's markup. */
export function postText(entries: readonly Entry[]): string {
  const lines = entries.map((entry) => (entry.kind === 'message' ? escapedOrBlank(entry.text) : entry.line))
  const [first] = entries
  return [...(first?.kind === 'message' && first.internal ? [noteHeading] : []), ...lines].join('\n')
}

const mostFactLength = 300
