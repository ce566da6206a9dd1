import type { Transcript, TranscriptLine } from '../../contract/transcript.ts'
import type { Rendering } from './rendering.ts'

/** One JSON object, `Transcript`, written piece by piece. */
export const jsonRendering: Rendering = {
  contentType: 'application/json; charset=utf-8',
  head({ sessionId, inbox, visitor, time, startedAt, upTo }) {
    const head: Omit<Transcript, 'lines'> = {
      sessionId,
      inbox,
      visitor,
      timeZone: time.zone,
      startedAt: time.iso(startedAt),
      upTo,
    }
    return `${JSON.stringify(head).slice(0, -1)},"lines":[`
  },
  day: () => '',
  line: (line, time, isFirst) =>
    `${isFirst ? '\n' : ',\n'}${JSON.stringify({ ...line, at: time.iso(line.at) } satisfies TranscriptLine)}`,
  end: '\n]}\n',
}
