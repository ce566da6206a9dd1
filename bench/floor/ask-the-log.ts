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

/** Figures of one stretch of time. Means in ms. */
export interface Figures {
  started: number
  closed: number
  visitorMessages: number
  agentMessages: number
  ratings: number
  score: number
  firstResponses: number
  firstResponse: number
}

const isMessageOf = (kind: string) => ({
  $and: [{ $eq: ['$type', 'message'] }, { $eq: ['$actor.kind', kind] }, { $ne: ['$body.internal', true] }],
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

/** From the visitor's first message to the first answer of somebody of the team, be there a closing between them. */
const firstResponses = (question: Question): mongo.Document[] => [
  inRange(question),
  {
    $group: {
      _id: { session: '$session' },
      asked: { $min: ifSo(isMessageOf('visitor'), '$at', null) },
      answered: { $min: ifSo(isMessageOf('agent'), '$at', null) },
      begun: countOf(isOfType('session_started')),
    },
  },
  // What began before has been answered before, most likely: only reading all of its log would tell.
  { $match: { begun: 1, asked: { $ne: null }, answered: { $ne: null } } },
  ...ofInbox(question),
  {
    $group: {
      _id: bucketOf('$answered', question),
      firstResponses: { $sum: 1 },
      firstResponse: { $avg: { $dateDiff: { startDate: '$asked', endDate: '$answered', unit: 'millisecond' } } },
    },
  },
]

/** By the beginning of each stretch, ISO 8601. */
export async function askTheLog(connection: Connection, question: Question): Promise<Map<string, Partial<Figures>>> {
  const events = eventsOf(connection)
  const found = new Map<string, Partial<Figures>>()
  for (const pipeline of [counts(question), firstResponses(question)]) {
    for (const { _id, ...figures } of await events.aggregate(pipeline, { allowDiskUse: true }).toArray()) {
      const bucket = new Date(_id).toISOString()
      found.set(bucket, { ...found.get(bucket), ...figures })
    }
  }
  return found
}
