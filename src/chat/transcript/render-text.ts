import type { Line } from './line-of.ts'
import { happeningText, nameIn, plainName, type Rendering } from './rendering.ts'

/** What was written is indented: a message cannot pass for somebody else's. */
export const textRendering: Rendering = {
  contentType: 'text/plain; charset=utf-8',
  head({ sessionId, inbox, visitor, time, startedAt }) {
    const email = visitor.email && `<${visitor.email}>`
    const who = [plainName(visitor.name ?? 'Visitor'), email].filter(Boolean).join(' ')
    return [
      `Chat with ${plainName(inbox)}`,
      who,
      `${time.day(startedAt)}, ${time.clock(startedAt)} (times in ${time.zone})`,
      sessionId,
      '',
    ].join('\n')
  },
  day: (text) => `\n— ${text} —\n`,
  line(line, time) {
    const clock = time.clock(line.at)
    if (line.kind === 'happening') return `\n${clock}  * ${happeningText(line)}\n`
    const marks = [line.isInternal && 'internal note', line.edited && 'edited'].filter(Boolean).join(', ')
    return `\n${clock}  ${nameIn(line)}${marks && ` (${marks})`}\n${indented(said(line))}\n`
  },
  end: '',
}

function said({ deleted, content, file }: Extract<Line, { kind: 'message' }>): string {
  if (deleted) return '[message deleted]'
  const attached = file && `[file: ${plainName(file.name)}${file.url === null ? '' : ` ${file.url}`}]`
  return [content, attached].filter(Boolean).join('\n')
}

const indented = (text: string): string =>
  text
    .split(/\r\n|[\n\r\u2028\u2029\v\f\u0085]/)
    .map((line) => `    ${line}`)
    .join('\n')
