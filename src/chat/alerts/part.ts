import type { Connection, mongo } from 'mongoose'
import type { SessionId } from '../../contract/ids.ts'
import type { Alert } from '../../contract/slack-settings.ts'
import type { Summary } from '../../log/summaries.ts'
import type { ChatDeps } from '../chat.ts'
import type { Inboxes } from '../inboxes/inboxes.ts'
import type { ChatPart } from '../part.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { alert } from './alert.ts'

interface AlertDeps extends Pick<ChatDeps, 'log' | 'now'> {
  connection: Connection
  inboxes: Pick<Inboxes, 'list'>
}

/** Chats of one rule in one sweep; the next takes the next ones. */
const most = 200

/** Calls the team when a visitor waits for long, as their inbox says. */
export const alertsPart = (deps: AlertDeps, options: { isConnected: boolean; sweepMs: number }): ChatPart => ({
  sweeps: options.isConnected ? [{ name: 'alerts', everyMs: options.sweepMs, run: () => alertWhereDue(deps) }] : [],
})

async function alertWhereDue(deps: AlertDeps): Promise<void> {
  for (const { key, slack } of await deps.inboxes.list())
    for (const rule of slack.alerts)
      for (const session of await waiting(deps, key, rule)) await alert(deps, session, rule)
}

/** Those in which the rule may be due; whether it is, the newest tail says. */
async function waiting({ connection, now }: AlertDeps, inbox: string, rule: Alert): Promise<SessionId[]> {
  const found = await connection
    .collection<Summary<SessionSummary>>('sessions')
    .find(
      {
        'state.inbox': inbox,
        'state.offline': false,
        'state.asked': { $ne: null },
        'state.waitingSince': { $lte: new Date(now() - rule.after) },
        'state.alerted': { $not: { $elemMatch: isTold(rule, now()) } },
        $or: [{ 'state.status': 'queued' }, givenButUnanswered],
      },
      { projection: { _id: 1 } },
    )
    .sort({ 'state.waitingSince': 1 })
    .limit(most)
    .toArray()
  return found.map(({ _id }) => _id as SessionId)
}

type Filter = mongo.Filter<Summary<SessionSummary>>

const givenButUnanswered: Filter = {
  'state.status': 'active',
  'state.assignee': { $ne: null },
  $expr: { $lt: ['$state.answered.at', '$state.assignee.since'] },
}

/** Told as often as it may be, or not long ago. */
const isTold = ({ after, every, most: times }: Alert, now: number) =>
  every === undefined
    ? { rule: after }
    : { rule: after, $or: [{ nth: { $gte: times } }, { at: { $gt: new Date(now - every) } }] }
