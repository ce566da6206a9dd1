import type { ReadLog } from '../../../bridge/port/call.ts'
import type { LogEvent } from '../../../contract/event.ts'
import type { Seq } from '../../../contract/ids.ts'

const mostAtOnce = 200

/** The log page by page, after one place and up to another. */
export async function* eventsBetween(readLog: ReadLog, after: Seq, last: Seq): AsyncGenerator<LogEvent> {
  for (let read = after; read < last; ) {
    const page = await readLog(read, Math.min(mostAtOnce, last - read))
    const end = page.at(-1)
    if (!end || end.seq <= read) return
    yield* page.filter(({ seq }) => seq <= last)
    read = end.seq
  }
}
