import type { LinkView, NextCall } from '../../../bridge/port/call.ts'
import type { EventOf, LogEvent } from '../../../contract/event.ts'
import { maySee } from '../../../contract/may-see.ts'
import { packed, paragraphWith } from '../text.ts'
import { type About, aboutChat } from './about.ts'
import type { Creation } from './body.ts'
import { partsOfCreation, saidIn } from './comment.ts'
import type { PlanOptions } from './options.ts'
import { isByPerson, isMessage, type Story, storyUpTo, withEvent } from './story.ts'

interface Planning {
  about: About
  options: PlanOptions
}

type Formed = Pick<NextCall, 'from' | 'to' | 'part' | 'parts'> & Pick<Creation, 'text' | 'public' | 'status'>

/** Makes the ticket when the inbox wants one, with all that was said until then and is in none. */
export async function planTicket(
  events: readonly LogEvent[],
  { remote }: Pick<LinkView, 'remote'>,
  options: PlanOptions,
): Promise<NextCall | null> {
  const about = await aboutChat(options)
  if (!about) return null
  const { followUpOf, had } = remote
  const hadTicket = followUpOf !== undefined || had !== undefined
  for (const cause of events.filter((event) => mayBeCause(event, about, hadTicket))) {
    const before = await storyUpTo(cause.seq - 1, options.readLog)
    const story = withEvent(before, cause)
    const inNone = hadTicket ? [] : before.messages
    const formed =
      cause.type === 'session_closed'
        ? atClosing(cause, story, { about, options })
        : await withAllSaid(cause, [...inNone, ...events.filter(({ seq }) => seq >= cause.seq)], { about, options })
    if (formed) return creationOf(formed, story, { about, options, followUpOf })
  }
  return null
}

/** Once a chat had a ticket, all that people say in it is in one. */
function mayBeCause(event: LogEvent, { settings, offline }: About, hadTicket: boolean): boolean {
  const { when } = settings
  if (event.type === 'ticket_requested') return true
  if (event.type === 'session_closed') return !hadTicket && when.includes('closed')
  const isDue = hadTicket || when.includes('first_message') || (offline && when.includes('outside_hours'))
  return isDue && isByPerson(event)
}

/** What is beyond one comment follows in further ones, for the same event. */
async function withAllSaid(
  cause: LogEvent,
  said: readonly LogEvent[],
  { about: { telling }, options: { readLog } }: Planning,
): Promise<Formed> {
  const until = said.filter(isMessage).filter(({ seq }) => seq <= cause.seq)
  const { texts } = partsOfCreation(until, telling)
  const [text = 'A ticket was asked for before anybody wrote.'] = texts
  const here = { from: cause.seq, part: 1, public: false }
  const goesOn = isMessage(cause) && texts.length === 1 ? await saidIn(said, { telling, readLog }) : null
  if (!goesOn || goesOn.text === '' || goesOn.files.length > 0)
    return { ...here, to: cause.seq, parts: Math.max(1, texts.length), text }
  return { ...here, to: goesOn.to, parts: 1, text: goesOn.text }
}

/** What nobody said anything in leaves no ticket. */
function atClosing(
  closing: EventOf<'session_closed'>,
  { messages, isLeft }: Story,
  { about, options }: Planning,
): Formed | null {
  if (!messages.some(isByPerson)) return null
  const { settings, telling } = about
  const texts = packed(transcriptOf(messages, telling))
  const isWhole = texts.length === 1
  const status = isLeft || !isWhole ? null : settings.statusAfter.closing
  return {
    ...{ from: closing.seq, to: closing.seq, part: 1, parts: texts.length, text: texts[0] ?? '' },
    public: !isLeft && settings.transcript === 'public' && options.mailsInPublic,
    ...(status && { status }),
  }
}

export const transcriptOf = (messages: Story['messages'], telling: About['telling']): string[] => [
  'Transcript of the chat',
  ...messages.filter((event) => maySee(event, { kind: 'visitor' })).map(paragraphWith(telling)),
]

function creationOf(
  { from, to, part, parts, ...content }: Formed,
  story: Story,
  { about, options, followUpOf }: Planning & { followUpOf: string | undefined },
): NextCall {
  const { settings, inbox } = about
  const body: Creation = {
    kind: 'create',
    ...content,
    visitor: story.visitor ?? about.visitor,
    inbox,
    ...(followUpOf !== undefined && { followUpOf }),
    ...(settings.assign && story.agent && { assignee: story.agent }),
    standing: story.isLeft && story.standing === 'ended' ? 'away' : story.standing,
    settings,
  }
  return { from, to, part, parts, lane: 'normal', budgets: options.budgets.create, repeatable: true, body }
}
