import { createHash } from 'node:crypto'
import type { Actor, EventOf, EventType, LogEvent } from '../../../contract/event.ts'
import { factsOf } from '../route.ts'
import { isByPerson } from '../words/by-person.ts'
import { asItIsNow, type Revisions } from '../words/revised.ts'
import { rootText } from '../words/root.ts'
import { entryOf, nameOf } from '../words/wording.ts'
import type { Blocks } from './body.ts'
import { untoldStory } from './plan-story.ts'
import { type Known, nothingOf, type Planned, type PlanOptions, type Root } from './planned.ts'
import { rootBlocks } from './root-blocks.ts'

/** After these the root may have to say something else. */
const changing: ReadonlySet<EventType> = new Set([
  'visitor_updated',
  'assigned',
  'unassigned',
  'transferred',
  'session_closed',
  'session_reopened',
  'rated',
  'ticket_linked',
])

/**
 * A root once somebody has written (not what we say by ourselves). It covers nothing yet. Of a chat that has had one, it
 * begins the story so far, whatever there is to be said next.
 */
export async function planRoot(
  options: PlanOptions,
  known: Known,
  revisions: Revisions,
  moved: { movedAt?: number } = {},
): Promise<Planned | null> {
  const { link, events } = known
  const first = events.find((event): event is EventOf<'message'> => isByPerson(event) && !!asItIsNow(event, revisions))
  const tells = await untoldStory(known, options)
  const isMoved = moved.movedAt !== undefined
  const isWorthIt = first !== undefined || (tells !== null && (isMoved || events.some((one) => entryOf(one, options))))
  if (!isWorthIt) return null
  const { before, ...said } = await rootNow(options, known, first ?? null)
  const channel = await options.channelOf(factsOf([...before, ...events]))
  const begins = { ...(tells && { tells }), ...moved }
  const body = { kind: 'post', channel, session: link.session, ...said, ...begins } as const
  return { ...nothingOf(known), body }
}

/** The root as the chat stands now, if it says something else. What it says is compared, so that a try that was lost is made up for. */
export async function planRootChange(options: PlanOptions, root: Root, known: Known): Promise<Planned | null> {
  const { link, events } = known
  const [next] = events
  if (!next || link.again || link.partsDone > 0 || !events.some(mayChange)) return null
  const { before: _before, ...said } = await rootNow(options, known, null)
  if (!said.blocks || said.says === link.remote.says) return null
  const { channel, ts } = root
  const body = { kind: 'change', channel, session: link.session, thread_ts: ts, ts, ...said } as const
  return { from: next.seq, to: next.seq - 1, body }
}

/** An answer gives the chat to whoever writes it, wherever they do; a visitor's message reopens it. */
const mayChange = ({ type }: LogEvent): boolean => changing.has(type) || type === 'message'

/** Events in which we may have greeted a visitor who had not written yet. */
const mostBefore = 100

export const firstEvents = ({ link, readLog }: Known): Promise<LogEvent[]> =>
  readLog(0, Math.max(1, Math.min(link.cursor, mostBefore)))

async function rootNow(options: PlanOptions, known: Known, first: EventOf<'message'> | null) {
  const { link, brought } = known
  const { session } = link
  const before = await firstEvents(known)
  const started = before[0]?.type === 'session_started' ? before[0] : null
  const now = await options.facts.of(session)
  // Another system may have started it for them.
  const opener = started ? visitorOf(started) : first?.actor
  const said = await saidBefore(before, brought)
  const name = opener ? nameOf(opener) : 'Visitor'
  const text = rootText({ session, started, opener: name, said, now, consoleUrl: options.consoleUrl })
  const blocks = now && rootBlocks(session, text, now, options.tickets)
  return { before, text, ...(blocks && { blocks }), says: digestOf(text, blocks) }
}

const visitorOf = ({ body: { visitor } }: EventOf<'session_started'>): Actor => ({ kind: 'visitor', ...visitor })

/** What we said before anybody wrote was no reason to open a thread, and is told in its root. */
async function saidBefore(events: readonly LogEvent[], brought: Known['brought']): Promise<string[]> {
  const opening = events.findIndex(isByPerson)
  const early = opening < 0 ? events : events.slice(0, opening)
  const posts = await brought(1, early.at(-1)?.seq ?? 1)
  return early.flatMap((event) =>
    event.type === 'message' && !posts.some(({ from, to }) => from <= event.seq && event.seq <= to)
      ? [event.body.content]
      : [],
  )
}

const digestOf = (text: string, blocks: Blocks | null): string =>
  createHash('sha256')
    .update(JSON.stringify([text, blocks]))
    .digest('hex')
    .slice(0, 32)
