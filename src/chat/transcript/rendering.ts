import type { Seq, SessionId } from '../../contract/ids.ts'
import type { TranscriptFormat } from '../../contract/transcript.ts'
import type { Line } from './line-of.ts'
import type { LocalTime } from './local-time.ts'

/** Whose chat it is, where, and on whose clock its times are. */
export interface About {
  sessionId: SessionId
  inbox: string
  visitor: { name: string | null; email: string | null }
  startedAt: Date
  upTo: Seq
  time: LocalTime
}

/** A format: what stands before the lines, each of them, and what stands after. Pure. */
export interface Rendering {
  contentType: string
  head(about: About): string
  /** Where another day begins. */
  day(text: string): string
  line(line: Line, time: LocalTime, isFirst: boolean): string
  end: string
}

export type Renderings = Record<TranscriptFormat, Rendering>

export const nameIn = (line: Extract<Line, { kind: 'message' }>): string => {
  const { type, name } = line.sender
  if (type === 'system') return 'Automatic message'
  const plain = plainName(name ?? (type === 'visitor' ? 'Visitor' : 'Support'))
  return type === 'bot' ? `${plain} (bot)` : plain
}

export function happeningText({ what, name }: Extract<Line, { kind: 'happening' }>): string {
  const who = name === null ? null : plainName(name)
  switch (what) {
    case 'joined':
      return `${who ?? 'Somebody'} joined the chat`
    case 'left':
      return `${who ?? 'Somebody'} left the chat`
    case 'assigned':
      return `${who ?? 'Somebody'} takes care of the chat`
    case 'closed':
      return who === null ? 'The chat was closed' : `${who} closed the chat`
    case 'reopened':
      return who === null ? 'The chat was reopened' : `${who} reopened the chat`
  }
}

/** On one line, and without the signs that make text run backwards: a name must not pass for something else. */
export const plainName = (name: string): string =>
  name
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
