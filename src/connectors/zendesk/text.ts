import type { LinkTo } from '../../bridge/port/asked.ts'
import type { LogEvent } from '../../contract/event.ts'
import { fileText } from '../../contract/file-text.ts'
import { clockInZone } from '../../platform/clock-in-zone.ts'

/** A comment's length that Zendesk takes (about 65,000) with room for what it adds. In bytes, which are never fewer than characters. */
export const mostBytes = 60_000

type MessageEvent = Extract<LogEvent, { type: 'message' }>

/** For whom: the clock that a ticket's readers go by, and where they find files. */
export interface Telling {
  linkTo: LinkTo
  /** IANA, such as `Europe/Lisbon`. */
  timeZone: string
}

/** Placeholders and Liquid would be rendered by Zendesk: a character without width between the braces keeps them text. */
export const neutralize = (text: string): string => text.replaceAll(/\{(?=[{%])/g, '{\u200b')

/** One message with who and when. */
export function paragraphWith({ linkTo, timeZone }: Telling): (event: MessageEvent) => string {
  const clock = clockIn(timeZone)
  return (event) => {
    const note = event.body.internal ? ' (note)' : ''
    return `${speaker(event)}${note} · ${clock(event.at)}\n${neutralize(said(event, linkTo))}`
  }
}

type Change = Extract<LogEvent, { type: 'message_edited' | 'message_deleted' }>

/** What became of a message of `at` that was brought before. */
export function changeWith({ timeZone }: Telling): (event: Change, at: Date) => string {
  const clock = clockIn(timeZone)
  return (event, at) => {
    const note = event.body.internal ? ' (note)' : ''
    const heading = `${speaker(event)}${note} · ${clock(event.at)} · `
    if (event.type === 'message_deleted') return `${heading}deleted what was written at ${clock(at)}`
    return `${heading}in place of what was written at ${clock(at)}\n${neutralize(event.body.content)}`
  }
}

/** As `2026-01-02 13:00:02 CET`. */
function clockIn(timeZone: string): (at: Date) => string {
  const parts = clockInZone(timeZone, 'short')
  return (at) => {
    const of = parts(at)
    return `${of.year}-${of.month}-${of.day} ${of.hour}:${of.minute}:${of.second} ${of.timeZoneName}`
  }
}

const said = ({ body: { content, file } }: MessageEvent, linkTo: LinkTo) =>
  file ? fileText(content, file, linkTo(file)) : content

function speaker({ actor }: LogEvent): string {
  switch (actor.kind) {
    case 'visitor':
      return neutralize(actor.name ?? 'Visitor')
    case 'agent':
    case 'colleague':
      return neutralize(actor.name)
    case 'bot':
      return `${neutralize(actor.name)} (bot)`
    case 'admin':
    case 'system':
      return 'Deskbridge'
  }
}

const between = '\n\n'

/** How many of the paragraphs go into one comment. The longest message there is fits alone, so it is one at least. */
export function fitting(paragraphs: readonly string[]): number {
  let bytes = -between.length
  const beyond = paragraphs.findIndex((text) => (bytes += Buffer.byteLength(text) + between.length) > mostBytes)
  return beyond === -1 ? paragraphs.length : Math.max(1, beyond)
}

export const joined = (paragraphs: readonly string[]): string => paragraphs.join(between)

/** Paragraphs packed in their order into as few comments as they need. */
export function packed(paragraphs: readonly string[]): string[] {
  const texts: string[] = []
  for (let rest = paragraphs; rest.length > 0; ) {
    const count = fitting(rest)
    texts.push(joined(rest.slice(0, count)))
    rest = rest.slice(count)
  }
  return texts
}
