import type { LogEvent } from '../../contract/event.ts'

/** A comment's length that Zendesk takes (about 65,000) with some room for what it adds. UTF-16 units. */
export const mostText = 60_000

type MessageEvent = Extract<LogEvent, { type: 'message' }>

/** Placeholders and Liquid would be rendered by Zendesk: a character without width between the braces keeps them text. */
export const neutralize = (text: string): string => text.replaceAll(/\{(?=[{%])/g, '{\u200b')

/** One message with who and when (UTC, because a ticket's readers are everywhere). */
export function paragraph(event: MessageEvent): string {
  const time = event.at.toISOString().slice(11, 19)
  const note = event.body.internal ? ' (note)' : ''
  return `${speaker(event)}${note} · ${time} UTC\n${neutralize(event.body.content)}`
}

export function speaker({ actor }: LogEvent): string {
  switch (actor.kind) {
    case 'visitor':
      return neutralize(actor.name ?? 'Visitor')
    case 'agent':
    case 'colleague':
      return neutralize(actor.name)
    case 'admin':
    case 'system':
      return 'Deskbridge'
  }
}

/** Paragraphs packed into as few texts as fit; none is longer than `most`, because a message is far shorter. */
export function packed(paragraphs: readonly string[], most = mostText): string[] {
  const texts: string[] = []
  for (const text of paragraphs) {
    const last = texts.at(-1)
    if (last !== undefined && last.length + 2 + text.length <= most) texts[texts.length - 1] = `${last}\n\n${text}`
    else texts.push(text)
  }
  return texts
}
