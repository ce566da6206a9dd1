import type { EventType, LogEvent } from '../../../contract/event.ts'
import type { Seq } from '../../../contract/ids.ts'
import { isByPerson } from '../words/by-person.ts'
import { asItIsNow, type Revisions, revisionsIn } from '../words/revised.ts'
import { storyHeading, storyLine } from '../words/story.ts'
import { postLength } from '../words/text.ts'
import { type Addresses, entryOf } from '../words/wording.ts'
import type { Story } from './body.ts'
import { type Known, nothingOf, type Planned, type Root } from './planned.ts'
import { eventsBetween } from './read.ts'
import { storyIn } from './story-in.ts'

/** Events of a chat that a new thread tells of; what lies before them is read in the console. */
const mostTold = 200

/** They say what was so then. */
const untold: ReadonlySet<EventType> = new Set(['alerted'])

interface Line {
  seq: Seq
  text: string
}

/** The story of a chat that has had a thread already, from its beginning. Null: nobody had written, and there is none. */
export async function untoldStory(known: Known, addresses: Addresses): Promise<Story | null> {
  const { readLog } = known
  // What came from the thread that is left and the cursor has not passed yet.
  const end = nothingOf(known).to
  const story = { upTo: startFor(end), end }
  return linesOf(await eventsIn(readLog, story), addresses).length > 0 ? story : null
}

/** What was said before this thread, in as few posts as it takes. It covers nothing. Null: all of it is told. */
export async function planStory(addresses: Addresses, { channel, ts }: Root, known: Known): Promise<Planned | null> {
  const { link, readLog } = known
  const { session, remote, again } = link
  const story = storyIn(remote)
  if (again || !story) return null
  const lines = linesOf(await eventsIn(readLog, story), addresses)
  if (lines.length === 0) return null
  const heading = headingOf(story)
  const told = fitting(lines, postLength - heading.length)
  const tells = { ...story, upTo: told.length < lines.length ? (told.at(-1)?.seq ?? story.end) : story.end }
  const text = [heading, ...told.map((line) => line.text)].join('\n')
  return {
    ...nothingOf(known),
    lane: 'normal',
    body: { kind: 'post', channel, session, thread_ts: ts, text, tells },
  }
}

function headingOf({ upTo, end }: Story): string {
  if (upTo > startFor(end)) return storyHeading('more')
  return storyHeading(upTo > 0 ? 'end' : 'whole')
}

const startFor = (end: Seq): Seq => Math.max(0, end - mostTold)

/** From what a person wrote first; what we had said by then stands in the root. */
async function eventsIn(readLog: Known['readLog'], { upTo, end }: Story): Promise<LogEvent[]> {
  const events = await Array.fromAsync(eventsBetween(readLog, upTo, end))
  const first = upTo === 0 ? events.findIndex(isByPerson) : 0
  return first < 0 ? [] : events.slice(first)
}

function linesOf(events: readonly LogEvent[], addresses: Addresses): Line[] {
  const revisions = revisionsIn(events, Number.MAX_SAFE_INTEGER)
  return events.flatMap((event) => lineOf(event, revisions, addresses) ?? [])
}

function lineOf(event: LogEvent, revisions: Revisions, addresses: Addresses): Line | null {
  if (untold.has(event.type) || (event.type === 'message' && event.erased)) return null
  const now = asItIsNow(event, revisions)
  const entry = now && entryOf(now, addresses)
  return entry && { seq: event.seq, text: storyLine(entry) }
}

/** At least one of them. */
function fitting(lines: readonly Line[], room: number): Line[] {
  let length = 0
  const end = lines.findIndex(({ text }) => (length += 1 + text.length) > room)
  return lines.slice(0, end < 0 ? lines.length : Math.max(1, end))
}
