import type { ChatDeps } from '../chat.ts'
import type { MessageStore } from '../messages/message-store.ts'
import type { Reader } from '../realtime/reader.ts'
import { type Line, lineOf } from './line-of.ts'
import type { About, Rendering } from './rendering.ts'

type Deps = Pick<ChatDeps, 'log'> & { messages: MessageStore }

/** The lines of a chat up to where it was when it was asked for, read range by range of the log. */
async function* linesOf(deps: Deps, about: About, reader: Reader): AsyncGenerator<Line> {
  for (let from = 0; from < about.upTo; ) {
    const events = await deps.log.read(about.sessionId, from)
    const last = events.at(-1)
    if (!last) return
    const messages = await deps.messages.between(about.sessionId, from + 1, last.seq + 1)
    const now = new Map(messages.map((message) => [message.event.seq, message]))
    for (const event of events) {
      const line = event.seq > about.upTo ? null : lineOf(event, now.get(event.seq), reader)
      if (line) yield line
    }
    from = last.seq
  }
}

/** A transcript in pieces: a long chat is never whole in memory. */
export async function* makeTranscript(
  deps: Deps,
  about: About,
  reader: Reader,
  rendering: Rendering,
): AsyncGenerator<string> {
  yield rendering.head(about)
  let day = ''
  let isFirst = true
  for await (const line of linesOf(deps, about, reader)) {
    const today = about.time.day(line.at)
    const heading = today === day ? '' : rendering.day(today)
    yield heading + rendering.line(line, about.time, isFirst)
    day = today
    isFirst = false
  }
  yield rendering.end
}
