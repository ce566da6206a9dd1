import type { Connection, mongo } from 'mongoose'
import { eventsOf } from '../../src/log/events.ts'

/** What a report shows, asked of the log itself. `from`, `until`: what happened between them. */
export interface Question {
  from: Date
  until: Date
  by: 'hour' | 'day' | 'month'
  timeZone: string
  inbox?: string
}

/** Figures of one stretch of time, all of which add up. */
export interface Figures {
  started: number
  closed: number
  visitorMessages: number
  agentMessages: number
  ratings: number
  score: number
  firstResponses: number
  /** All of them together. ms */
  firstResponseTime: number
}

const isMessageOf = (kind: string, event = '$') => ({
  $and: [
    { $eq: [`${event}type`, 'message'] },
    { $eq: [`${event}actor.kind`, kind] },
    { $ne: [`${event}body.internal`, true] },
  ],
})
const ifSo = (condition: object, value: unknown, otherwise: unknown) => ({ $cond: [condition, value, otherwise] })
const countOf = (condition: object) => ({ $sum: ifSo(condition, 1, 0) })
const isOfType = (type: string) => ({ $eq: ['$type', type] })

const types = ['session_started', 'message', 'session_closed', 'rated']

const bucketOf = (at: string, { by, timeZone }: Question) => ({
  $dateTrunc: { date: at, unit: by, timezone: timeZone },
})

/** Only its first event says which inbox a chat is of, and its summary. */
const ofInbox = ({ inbox }: Question): mongo.Document[] =>
  inbox === undefined
    ? []
    : [
        { $lookup: { from: 'sessions', localField: '_id.session', foreignField: '_id', as: 'chat' } },
        { $match: { 'chat.state.inbox': inbox } },
      ]

const inRange = ({ from, until }: Question) => ({ $match: { at: { $gte: from, $lt: until }, type: { $in: types } } })

const counts = (question: Question): mongo.Document[] => [
  inRange(question),
  {
    $group: {
      _id: { session: '$session', bucket: bucketOf('$at', question) },
      started: countOf(isOfType('session_started')),
      closed: countOf(isOfType('session_closed')),
      visitorMessages: countOf(isMessageOf('visitor')),
      agentMessages: countOf(isMessageOf('agent')),
      ratings: countOf(isOfType('rated')),
      score: { $sum: '$body.score' },
    },
  },
  ...ofInbox(question),
  {
    $group: {
      _id: '$_id.bucket',
      ...Object.fromEntries(
        ['started', 'closed', 'visitorMessages', 'agentMessages', 'ratings', 'score'].map((name) => [
          name,
          { $sum: `$${name}` },
        ]),
      ),
    },
  },
]

const firstTimes = (at: string, isOf: (kind: string) => object) => ({
  asked: { $min: ifSo(isOf('visitor'), at, null) },
  answered: { $min: ifSo(isOf('agent'), at, null) },
})

/**
 * From the visitor's first message to the first answer of somebody of the team, be there a closing between them. Of a chat
 * that began before, the whole log is read: whether it had been answered stands there alone.
 */
const firstResponses = (question: Question, begun: 'within' | 'before'): mongo.Document[] => [
  inRange(question),
  {
    $group: {
      _id: { session: '$session' },
      ...firstTimes('$at', isMessageOf),
      begun: countOf(isOfType('session_started')),
    },
  },
  { $match: { begun: begun === 'within' ? 1 : 0, answered: { $ne: null } } },
  ...(begun === 'within' ? [] : wholeLogs(question)),
  { $match: { asked: { $ne: null } } },
  ...ofInbox(question),
  {
    $group: {
      _id: bucketOf('$answered', question),
      firstResponses: { $sum: 1 },
      firstResponseTime: { $sum: { $dateDiff: { startDate: '$asked', endDate: '$answered', unit: 'millisecond' } } },
    },
  },
]

const wholeLogs = ({ from }: Question): mongo.Document[] => [
  { $lookup: { from: 'events', localField: '_id.session', foreignField: 'session', as: 'log' } },
  { $unwind: '$log' },
  { $group: { _id: '$_id', ...firstTimes('$log.at', (kind) => isMessageOf(kind, '$log.')) } },
  { $match: { answered: { $gte: from } } },
]

/** By the beginning of each stretch, ISO 8601. */
export async function askTheLog(connection: Connection, question: Question): Promise<Map<string, Partial<Figures>>> {
  const events = eventsOf(connection)
  const found = new Map<string, Partial<Figures>>()
  for (const pipeline of [counts(question), firstResponses(question, 'within'), firstResponses(question, 'before')]) {
    for (const { _id, ...figures } of await events.aggregate(pipeline, { allowDiskUse: true }).toArray()) {
      const bucket = new Date(_id).toISOString()
      found.set(bucket, added(found.get(bucket) ?? {}, figures))
    }
  }
  return found
}

const added = (a: Partial<Figures>, b: Partial<Figures>): Partial<Figures> => ({
  ...{ ...a, ...b },
  firstResponses: (a.firstResponses ?? 0) + (b.firstResponses ?? 0),
  firstResponseTime: (a.firstResponseTime ?? 0) + (b.firstResponseTime ?? 0),
})
