import type { Connection } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { EventDraft } from '../../contract/event.ts'
import { EventKey, type SessionId } from '../../contract/ids.ts'
import type { Summary } from '../../log/summaries.ts'
import type { ChatDeps } from '../chat.ts'
import type { Mails } from '../mail/mails.ts'
import type { WayOfAnswers } from '../mail/way-of-answers.ts'
import type { MessageStore } from '../messages/message-store.ts'
import type { Presence } from '../presence/presence.ts'
import { knownUpTo, lastSignOfLife } from '../sessions/fold-missed.ts'
import { type SessionSummary, visitorLeftRule } from '../sessions/summary.ts'
import { type AbsenceTimes, absenceIn, leftText } from './absence.ts'
import { missedAnswers } from './missed-answers.ts'

export interface AbsentDeps extends Pick<ChatDeps, 'log' | 'now'> {
  connection: Connection
  messages: MessageStore
  presence: Presence
  mails: Mails | null
  way: WayOfAnswers
  times: AbsenceTimes
}

/** Answers missed longer ago are nobody's news. ms */
const windowMs = 172_800_000
/** Chats whose visitors are asked after at once. */
const batch = 200

/** Tells who answers that a visitor has left, and sees to it that the answers follow them. */
export async function lookForAbsent(deps: AbsentDeps): Promise<void> {
  const missing = deps.connection
    .collection<Summary<SessionSummary>>('sessions')
    .find({ 'state.missed.at': { $gte: new Date(deps.now() - windowMs) } }, { projection: { _id: 1 } })
  let sessions: SessionId[] = []
  for await (const { _id } of missing) {
    sessions.push(_id)
    if (sessions.length < batch) continue
    await lookAt(deps, sessions)
    sessions = []
  }
  await lookAt(deps, sessions)
}

async function lookAt(deps: AbsentDeps, sessions: readonly SessionId[]): Promise<void> {
  const whereabouts = await deps.presence.whereabouts(sessions.map((session) => `visitor:${session}` as const))
  for (const [index, session] of sessions.entries()) {
    const where = whereabouts[index]
    if (where?.kind !== 'gone') continue
    const state = await deps.log.state(session)
    const absence = state && absenceIn(state, where, deps.now(), deps.times)
    if (!state || !absence) continue
    if (absence.tell) await tell(deps, state)
    if (absence.send) await send(deps, state)
  }
}

const tell = (deps: AbsentDeps, state: SessionSummary): Promise<void> =>
  appendOnce(deps, state, EventKey.parse(`auto:${visitorLeftRule}:${lastSignOfLife(state)}`), {
    type: 'message',
    actor: { kind: 'system', rule: visitorLeftRule },
    origin: 'deskbridge',
    body: { messageType: 'system', content: leftText(deps.way, state.visitor.email), internal: true },
  })

/** By our own mail server, or as a public comment that the ticket's connector brings: it follows the log. */
async function send(deps: AbsentDeps, state: SessionSummary): Promise<void> {
  const to = state.visitor.email
  if (to === undefined || deps.way === 'off') return
  const last = (await missedAnswers(deps, state, state.seq)).at(-1)
  if (!last) return
  const upTo = last.event.seq
  if (deps.way === 'smtp') return deps.mails?.add({ session: state.id, what: 'answers', to, upTo }, state.emailedUpTo)
  await appendOnce(deps, state, EventKey.parse(`auto:emailed:ticket:${state.emailedUpTo}`), {
    type: 'emailed',
    actor: { kind: 'system', rule: visitorLeftRule },
    origin: 'deskbridge',
    body: { what: 'answers', to, upTo, byTicket: { after: knownUpTo(state) } },
  })
}

/** A visitor who stirs at the last moment is not absent, and what was done for this absence is done. */
async function appendOnce(deps: AbsentDeps, seen: SessionSummary, key: EventKey, draft: EventDraft): Promise<void> {
  await deps.log
    .append({
      session: seen.id,
      key,
      decide: (now) =>
        now?.missed && lastSignOfLife(now) === lastSignOfLife(seen) && now.emailedUpTo === seen.emailedUpTo
          ? { append: draft }
          : { refuse: new DeskbridgeError('already_exists') },
    })
    .catch((error: unknown) => {
      if (!(error instanceof DeskbridgeError && ['already_exists', 'key_conflict'].includes(error.code))) throw error
    })
}
