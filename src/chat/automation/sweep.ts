import type { Connection, mongo } from 'mongoose'
import type { SessionId } from '../../contract/ids.ts'
import type { Inbox } from '../../contract/inbox.ts'
import type { Summary } from '../../log/summaries.ts'
import type { ChatDeps } from '../chat.ts'
import type { Inboxes } from '../inboxes/inboxes.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import type { Facts, RuleName } from './rules.ts'
import { say } from './say.ts'
import type { WhoIsThere } from './who-is-there.ts'

export interface SweepDeps extends Pick<ChatDeps, 'log' | 'now'> {
  connection: Connection
  inboxes: Pick<Inboxes, 'list'>
  whoIsThere: WhoIsThere
}

/** Chats that one rule speaks in, in one sweep; the next takes the next ones. */
const most = 200
/** Whoever has not been greeted by then is not any more. ms */
const greetingMs = 600_000

type Filter = mongo.Filter<Summary<SessionSummary>>

/** Says what falls due by time alone, and what a crash left unsaid. */
export async function sayWhatIsDue(deps: SweepDeps): Promise<void> {
  for (const inbox of await deps.inboxes.list()) {
    await greet(deps, inbox)
    await tellNobodyIsThere(deps, inbox)
    await tellWhoWaits(deps, inbox)
  }
}

async function greet(deps: SweepDeps, inbox: Inbox): Promise<void> {
  if (inbox.greeting === null) return
  const since = new Date(deps.now() - greetingMs)
  await sayInAll(deps, inbox, 'greeting', { 'state.createdAt': { $gte: since }, 'state.asked': null })
}

async function tellNobodyIsThere(deps: SweepDeps, inbox: Inbox): Promise<void> {
  if (inbox.automation.nobodyThere === null) return
  const nobodyThere = await deps.whoIsThere.nobody(inbox, null)
  if (nobodyThere) await sayInAll(deps, inbox, 'nobody-there', { 'state.asked': { $ne: null } }, { nobodyThere })
}

async function tellWhoWaits(deps: SweepDeps, inbox: Inbox): Promise<void> {
  const setting = inbox.automation.whileWaiting
  if (!setting) return
  const longAgo = new Date(deps.now() - setting.after)
  await sayInAll(deps, inbox, 'while-waiting', {
    'state.asked': { $ne: null },
    'state.waitingSince': { $lte: longAgo },
  })
}

async function sayInAll(
  deps: SweepDeps,
  inbox: Inbox,
  rule: RuleName,
  which: Filter,
  facts: Facts = { nobodyThere: null },
): Promise<void> {
  const queued: Filter = { 'state.status': 'queued', 'state.offline': false, 'state.inbox': inbox.key }
  const found = await deps.connection
    .collection<Summary<SessionSummary>>('sessions')
    .find({ ...queued, ...which, 'state.said': { $nin: [rule] } }, { projection: { _id: 1 } })
    .limit(most)
    .toArray()
  for (const { _id } of found) await say(deps, _id as SessionId, rule, inbox, facts)
}
