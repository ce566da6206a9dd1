import { z } from 'zod'
import type { Budget, LinkView, NextCall } from '../../bridge/port.ts'
import type { LogEvent } from '../../contract/event.ts'
import { escapedParts, escapeText, mostText, plainName } from './text.ts'

/** A frozen call's content. */
export const Body = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('root'), text: z.string() }),
  z.object({ kind: z.literal('reply'), text: z.string(), username: z.string() }),
])
export type Body = z.infer<typeof Body>

type Started = Extract<LogEvent, { type: 'session_started' }>

/** An event as a post in the thread: one who speaks, and what they say in parts that Slack takes. */
interface Line {
  seq: number
  username: string
  parts: string[]
}

export const brings = (event: LogEvent): boolean => event.type === 'message' || event.type === 'session_closed'

/** The post that opens the thread: who writes, from where. It carries no message, so that every message is a reply. */
export function planRoot(events: readonly LogEvent[], started: Started, budgets: readonly Budget[]): NextCall | null {
  const first = events.find((event) => event.type === 'message')
  if (!first) return null
  const text = rootText(started)
  return { from: first.seq, to: first.seq - 1, part: 1, parts: 1, budgets, body: { kind: 'root', text } satisfies Body }
}

export function rootText({ body, session }: Started): string {
  const { visitor, inbox } = body
  const facts: [string, string | undefined][] = [
    ['Email', visitor.email],
    ['Page', visitor.page],
    ['From', visitor.referrer],
    ['Browser', visitor.userAgent],
    ['Inbox', inbox],
    ['Chat', session],
  ]
  const lines = facts.flatMap(([label, value]) => (value ? [`${label}: ${escapeText(value.slice(0, 300))}`] : []))
  return [`*New chat with ${escapeText(plainName(visitor.name ?? 'a visitor'))}*`, ...lines].join('\n')
}

/** The next post: one long text in parts, or what one person said in a row as one post. */
export function planReply(
  events: readonly LogEvent[],
  link: Pick<LinkView, 'partsDone'>,
  budgets: readonly Budget[],
): NextCall | null {
  const lines = events.filter(brings).map(lineOf)
  const first = lines.at(0)
  if (!first) return null
  if (first.parts.length > 1) {
    const done = Math.min(link.partsDone, first.parts.length - 1)
    const body: Body = { kind: 'reply', username: first.username, text: first.parts[done] ?? '' }
    return { from: first.seq, to: first.seq, part: done + 1, parts: first.parts.length, budgets, body }
  }
  const joined = joinedWith(first, lines.slice(1))
  const body: Body = { kind: 'reply', username: first.username, text: joined.map((line) => line.parts[0]).join('\n') }
  return { from: first.seq, to: joined.at(-1)?.seq ?? first.seq, part: 1, parts: 1, budgets, body }
}

function joinedWith(first: Line, following: readonly Line[]): Line[] {
  const joined = [first]
  let length = first.parts[0]?.length ?? 0
  for (const line of following) {
    const text = line.parts[0] ?? ''
    if (line.username !== first.username || line.parts.length > 1 || length + 1 + text.length > mostText) break
    length += 1 + text.length
    joined.push(line)
  }
  return joined
}

function lineOf(event: LogEvent): Line {
  const who = speakerOf(event)
  if (event.type !== 'message')
    return { seq: event.seq, username: 'Deskbridge', parts: [`_${escapeText(who)} closed the chat._`] }
  const username = event.body.internal ? `${who} (note)` : who
  return { seq: event.seq, username, parts: escapedParts(event.body.content) }
}

function speakerOf({ actor }: LogEvent): string {
  switch (actor.kind) {
    case 'visitor':
      return plainName(actor.name ?? 'Visitor')
    case 'agent':
    case 'colleague':
      return plainName(actor.name)
    case 'admin':
    case 'system':
      return 'Deskbridge'
  }
}
