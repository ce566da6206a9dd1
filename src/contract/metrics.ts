import { z } from 'zod'
import { count, type Metric, Narrowing, ratio, share, times, traceable, whole } from './metric.ts'

/** Goes up when a metric comes to mean something else: every chat is folded again. */
export const definitionVersion = 2

/** What stands in no agent's hands, as the messages of visitors do not. */
const ofNoAgent = ['agent'] as const
/** What is in no one's hands is not for a team either. */
const ofNobody = ['agent', 'team'] as const

const agents = {
  group: 'agents',
  business: false,
  traceable: false,
  better: null,
  notOf: ['inbox', 'team', 'channel', 'tag'],
} as const
const agentTime = (id: 'online' | 'away' | 'busy', title: string, words: string): Metric => ({
  ...agents,
  id: `${id}_time`,
  title,
  unit: 'ms',
  means: `How long agents were ${words}. It is of the whole installation: an agent has one status for all inboxes.`,
  formula: 'The times of all agents, added up.',
  reckon: ({ sum }) => ({ value: sum(`${id}_ms`), of: sum(`${id}_ms`) > 0 ? 1 : 0 }),
})

const bridge = (system: string) => ({
  group: 'bridge' as const,
  title: `Time to ${system}`,
  means: `From the moment a visitor’s message was stored until ${system} had taken it, counted when it had.`,
  business: false,
  notOf: ofNobody,
})

/** Every figure there is, in the order in which they are shown. */
export const metrics: readonly Metric[] = [
  count('started', {
    id: 'sessions',
    group: 'volume',
    title: 'Chats',
    means:
      'Chats that were started, counted when they were, for whoever had them first. A chat that comes back is not another one.',
    better: null,
  }),
  count('active_days', {
    id: 'active',
    group: 'volume',
    title: 'Active chats',
    means:
      'Chats in which a person wrote to another, each counted once a day of the inbox’s time zone, at the first message of that day.',
    better: null,
    notOf: ofNobody,
  }),
  count('closed', {
    id: 'closed',
    group: 'volume',
    title: 'Closings',
    means: 'Closings of chats, counted when they were closed; one that comes back and is closed again counts twice.',
    better: null,
  }),
  count('offline', {
    id: 'offline',
    group: 'volume',
    title: 'Left outside the hours',
    means: 'Chats that were started while the inbox was closed, as messages for later.',
    better: null,
  }),
  count('visitor_messages', {
    id: 'visitor_messages',
    group: 'volume',
    title: 'Messages of visitors',
    means: 'Messages that visitors wrote, also those that were edited, deleted or erased later.',
    better: null,
    notOf: ofNoAgent,
  }),
  count('agent_messages', {
    id: 'agent_messages',
    group: 'volume',
    title: 'Messages of the team',
    means: 'Messages that people of the team wrote to visitors, here, in Slack or in the ticket; no notes.',
    better: null,
  }),
  count('bot_messages', {
    id: 'bot_messages',
    group: 'volume',
    title: 'Automatic messages',
    means: 'Messages that other systems wrote with an API key, and what the service says by itself.',
    better: null,
    notOf: ofNoAgent,
  }),
  {
    ...traceable,
    id: 'messages_per_session',
    group: 'volume',
    title: 'Messages a chat',
    unit: 'number',
    notOf: ofNoAgent,
    means: 'Messages of visitors and of the team.',
    formula: 'These, divided by the chats that were started in the same period.',
    better: null,
    reckon: ({ sum }) => ratio(sum('visitor_messages') + sum('agent_messages'), sum('started')),
  },
  ...times('first_response', {
    group: 'speed',
    title: 'First response',
    means:
      'From the visitor’s first message until the first answer of a person, counted when it was given, for whoever gave it. Automatic messages and notes are no answers. A chat that is closed unanswered is missed, and counts here only if it comes back.',
    business: true,
  }),
  ...times('later_response', {
    group: 'speed',
    title: 'Later responses',
    means:
      'From the first message that a visitor wrote after an answer until the next answer of a person; every one of them, counted when it was given, for whoever gave it.',
    business: true,
  }),
  ...times('automated_response', {
    group: 'speed',
    title: 'Automated response',
    means: 'From the first unanswered message of a visitor until the first message of another system with an API key.',
    business: false,
    notOf: ofNobody,
  }),
  ...times('wait', {
    group: 'queue',
    title: 'Waiting',
    means:
      'How long a chat stood in the queue until somebody had it or answered, counted when it left the queue. One that is put back waits anew. Chats that were left outside the hours do not wait.',
    business: true,
  }),
  ...times('abandoned_after', {
    group: 'queue',
    title: 'Waiting in vain',
    means: 'How long a chat stood in the queue that was closed there, counted when it was closed.',
    business: true,
  }),
  {
    ...traceable,
    id: 'queue_length',
    group: 'queue',
    title: 'Queue, average length',
    unit: 'number',
    means: 'How many chats waited at a time.',
    formula: 'The time that all chats waited in the period, divided by how long the period is.',
    better: 'lower',
    reckon: ({ sum, periodMs }) => ({ value: periodMs > 0 ? sum('queued_ms') / periodMs : null, of: periodMs }),
  },
  {
    ...traceable,
    id: 'queue_longest',
    group: 'queue',
    title: 'Queue, longest',
    unit: 'count',
    // It is counted for whole inboxes.
    notOf: Narrowing.options,
    means: 'The most chats of one inbox that waited at once.',
    formula: 'The largest of all moments of the period.',
    better: 'lower',
    reckon: ({ longestQueue }) => whole(longestQueue),
  },
  ...times('handling', {
    group: 'speed',
    title: 'Handling',
    means: 'How long an agent had a chat at a stretch, until it was closed, handed on or given back.',
    business: false,
  }),
  ...times('duration', {
    group: 'speed',
    title: 'Duration',
    means: 'From a chat’s start, or its coming back, until it was closed, counted at the closing.',
    business: true,
  }),
  {
    ...traceable,
    id: 'csat_score',
    group: 'quality',
    title: 'Satisfaction, score',
    unit: 'score',
    means: 'What visitors gave, of 1 to 5, counted when they did, for whoever had the chat at its closing.',
    formula: 'The sum of the scores, divided by how many there were.',
    better: 'higher',
    reckon: ({ sum }) => ratio(sum('score'), sum('ratings')),
  },
  share('satisfied', 'ratings', {
    id: 'csat_share',
    group: 'quality',
    title: 'Satisfied',
    means: 'Ratings of 4 and 5.',
    formula: 'These, divided by all ratings.',
    better: 'higher',
  }),
  share('ratings', 'closed', {
    id: 'rated_share',
    group: 'quality',
    title: 'Rated',
    means: 'Ratings that visitors gave.',
    formula: 'These, divided by the closings of the same period.',
    better: 'higher',
  }),
  count('answered', {
    id: 'resolved',
    group: 'quality',
    title: 'Resolved',
    means: 'Closings before which a person of the team had answered since the chat began or came back.',
    better: 'higher',
  }),
  count('missed', {
    id: 'missed',
    group: 'quality',
    title: 'Missed',
    means: 'Closings before which the visitor had written, and no person of the team had answered.',
    better: 'lower',
  }),
  share('missed', 'closed', {
    id: 'missed_share',
    group: 'quality',
    title: 'Missed, share',
    means: 'Closings before which the visitor had written, and no person of the team had answered.',
    formula: 'These, divided by all closings.',
    better: 'lower',
  }),
  count('abandoned', {
    id: 'abandoned',
    group: 'quality',
    title: 'Abandoned',
    means: 'Missed chats that the visitor ended, or that timed out because they had gone.',
    better: 'lower',
  }),
  share('reopened', 'closed', {
    id: 'reopened_share',
    group: 'quality',
    title: 'Came back',
    means: 'Chats that came back to life after a closing, counted when they did.',
    formula: 'These, divided by the closings of the same period.',
    better: 'lower',
  }),
  share('transferred', 'started', {
    id: 'transfer_share',
    group: 'quality',
    title: 'Handed on',
    means: 'Transfers from one agent to another, or to a team.',
    formula: 'These, divided by the chats that were started in the same period.',
    better: 'lower',
  }),
  agentTime('online', 'Online', 'online'),
  agentTime('away', 'Away', 'away'),
  agentTime('busy', 'Busy', 'busy'),
  {
    ...agents,
    id: 'utilisation',
    title: 'Utilisation',
    unit: 'share',
    means: 'The time in which agents had a chat.',
    formula: 'This, divided by the time in which they were online or busy; at most 1.',
    reckon: ({ sum }) => {
      const there = sum('online_ms') + sum('busy_ms')
      return { value: there === 0 ? null : Math.min(1, sum('chatting_ms') / there), of: there > 0 ? 1 : 0 }
    },
  },
  {
    ...agents,
    id: 'concurrency',
    title: 'Chats at a time',
    unit: 'number',
    means: 'How many chats agents had at once while they had any.',
    formula: 'The time that all chats were with agents, divided by the time in which agents had a chat.',
    reckon: ({ sum }) => {
      const chatting = sum('chatting_ms')
      return { value: chatting === 0 ? null : sum('chats_ms') / chatting, of: chatting > 0 ? 1 : 0 }
    },
  },
  ...times('to_slack', bridge('Slack')),
  ...times('to_zendesk', bridge('Zendesk')),
  ...times('to_webhook', bridge('webhooks')),
]

const ids = metrics.map(({ id }) => id)

export const MetricId = z.string().refine((id) => ids.includes(id), { error: 'is no metric; see docs/metrics.md' })

/** Undefined: there is none of this id. */
export const metricOf = (id: string): Metric | undefined => metrics.find((metric) => metric.id === id)
