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

const isMessageOf = (...kinds: string[]) => ({
  $and: [{ $eq: ['$type', 'message'] }, { $in: ['$actor.kind', kinds] }, { $ne: ['$body.internal', true] }],
})
const ifSo = (condition: object | string, value: unknown, otherwise: unknown) => ({
  $cond: [condition, value, otherwise],
})
const countOf = (condition: object) => ({ $sum: ifSo(condition, 1, 0) })
const isOfType = (type: string) => ({ $eq: ['$type', type] })

const answering = ['agent', 'colleague']
const isAnswer = isMessageOf(...answering)
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
      agentMessages: countOf(isAnswer),
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

const nobody = { asked: null, answered: null }
/** Who waits since when: nobody after a closing. What comes after the first answer does not matter. */
const step = ifSo(
  { $ne: ['$$value.answered', null] },
  '$$value',
  ifSo(
    '$$this.closes',
    nobody,
    ifSo(
      '$$this.asks',
      { asked: { $ifNull: ['$$value.asked', '$$this.at'] }, answered: null },
      ifSo(
        { $and: ['$$this.answers', { $ne: ['$$value.asked', null] }] },
        { asked: '$$value.asked', answered: '$$this.at' },
        '$$value',
      ),
    ),
  ),
)
const turn = {
  at: '$at',
  closes: isOfType('session_closed'),
  asks: isMessageOf('visitor'),
  answers: isAnswer,
}

/**
 * From the visitor's first message, since the chat began or came back, to the first answer of somebody of the team. Of chats
 * in which somebody of the team wrote the whole log is read: whether they had been answered before stands there alone.
 */
const firstResponses = (question: Question): mongo.Document[] => [
  { $match: { at: { $gte: question.from, $lt: question.until }, type: 'message', 'actor.kind': { $in: answering } } },
  { $group: { _id: { session: '$session' } } },
  ...ofInbox(question),
  { $lookup: { from: 'events', localField: '_id.session', foreignField: 'session', as: 'log' } },
  { $unwind: '$log' },
  { $replaceRoot: { newRoot: '$log' } },
  { $match: { type: { $in: types } } },
  { $sort: { session: 1, seq: 1 } },
  { $group: { _id: '$session', turns: { $push: turn } } },
  { $set: { first: { $reduce: { input: '$turns', initialValue: nobody, in: step } } } },
  { $match: { 'first.answered': { $gte: question.from, $lt: question.until } } },
  {
    $group: {
      _id: bucketOf('$first.answered', question),
      firstResponses: { $sum: 1 },
      firstResponseTime: {
        $sum: { $dateDiff: { startDate: '$first.asked', endDate: '$first.answered', unit: 'millisecond' } },
      },
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
