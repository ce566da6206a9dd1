import { z } from 'zod'
import { Channel, Label } from './event.ts'
import { knownZone } from './hours.ts'
import { SessionId } from './ids.ts'
import { Reckoning } from './measures.ts'
import { MetricGroup, MetricUnit, Single } from './metric.ts'
import { MetricId } from './metrics.ts'

/** Beyond them, days as text are in another order, or none follows. */
const day = z.iso
  .date()
  .refine((text) => text >= '1970-01-01' && text <= '2999-12-31', { error: 'must be from 1970 to 2999' })
const someOf = <T extends z.ZodType<string, string>>(one: T, most: number) =>
  z
    .string()
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(one).min(1).max(most))

/** What the lines of a report are: stretches of time, or whatever the chats were of. */
export const ReportBy = z.enum([
  'hour',
  'day',
  'month',
  'inbox',
  'agent',
  'team',
  'channel',
  'tag',
  'hour_of_day',
  'hour_of_week',
])
export type ReportBy = z.infer<typeof ReportBy>

/** At most one of these: whatever is of two of them at once is not rolled up. */
const filters = {
  agent: z.string().min(1).max(200),
  team: Label,
  channel: Channel,
  tag: Label,
}
const filtersQuery = {
  inbox: someOf(Label, 100).describe('Keys of inboxes, by commas; without it all that may be seen.').optional(),
  agent: filters.agent.optional(),
  team: filters.team.optional(),
  channel: filters.channel.optional(),
  tag: filters.tag.optional(),
}
const oneFilter = ({ agent, team, channel, tag }: Partial<Record<keyof typeof filters, unknown>>) =>
  [agent, team, channel, tag].filter((value) => value !== undefined).length <= 1
const onlyOne = { error: 'only one of agent, team, channel and tag at a time' }

const period = {
  from: day.describe('The first day, on the clock of each inbox.'),
  until: day.describe('The last day, which is in it.'),
}
const inOrder = ({ from, until }: { from: string; until: string }) => from <= until
/** Days; by the hour, each of them is 24 lines. */
const longest = { hour: 93, other: 3_700 }
const isShort = ({ from, until, by }: { from: string; until: string; by?: string }) =>
  (Date.parse(until) - Date.parse(from)) / 86_400_000 < (by === 'hour' ? longest.hour : longest.other)
const tooLong = { error: `is too late: ${longest.other} days at most, ${longest.hour} by the hour`, path: ['until'] }
const outOfOrder = { error: 'ends before it begins', path: ['until'] }

/** `compare`: the period of the same length just before, or a year earlier. */
const ReportFields = z.strictObject({
  ...period,
  ...filtersQuery,
  by: ReportBy.default('day'),
  metrics: someOf(MetricId, 60).describe('Ids of metrics, by commas; without it all of them.').optional(),
  hours: Reckoning.default('calendar'),
  compare: z.enum(['previous', 'year']).optional(),
})
export const ReportQueryFields = ReportFields
export const ReportQuery = ReportFields.refine(inOrder, outOfOrder).refine(isShort, tooLong).refine(oneFilter, onlyOne)
export type ReportQuery = z.infer<typeof ReportQuery>

const Value = z.object({ value: z.number().nullable(), of: z.number() })
const Values = z.record(z.string(), Value)
export type MetricValues = z.infer<typeof Values>

/** `key`: `2026-11-30T09:00` for an hour on the inboxes' walls, `2026-11-30`, `2026-11`, `09`, `1-09` (Monday at nine), else an id. */
export const ReportRow = z.object({
  key: z.string(),
  label: z.string(),
  values: Values,
  before: Values.optional(),
})
export type ReportRow = z.infer<typeof ReportRow>

/** `asOf`: what was committed up to then is in it. `until` and `from` of `compared`: the other period. */
export const Report = z.object({
  from: day,
  until: day,
  by: ReportBy,
  hours: Reckoning,
  compared: z.object(period).nullable(),
  total: Values,
  totalBefore: Values.optional(),
  rows: z.array(ReportRow),
  asOf: z.iso.datetime().nullable(),
  definitionVersion: z.number(),
})
export type Report = z.infer<typeof Report>

export const ExportQueryFields = ReportFields.extend({ format: z.enum(['csv', 'json']).default('csv') })
export const ExportQuery = ExportQueryFields.refine(inOrder, outOfOrder)
  .refine(isShort, tooLong)
  .refine(oneFilter, onlyOne)

export const ShownMetric = z.object({
  id: z.string(),
  group: MetricGroup,
  title: z.string(),
  unit: MetricUnit,
  means: z.string(),
  formula: z.string(),
  better: z.enum(['higher', 'lower']).nullable(),
  business: z.boolean(),
  traceable: z.boolean(),
  notOf: z.array(Single).readonly().describe('Of a single one of these it is not known, and null.'),
})
export type ShownMetric = z.infer<typeof ShownMetric>
export const MetricList = z.object({ version: z.number(), metrics: z.array(ShownMetric) })

/** The chats behind a figure. */
const TracedFields = z.strictObject({
  ...period,
  ...filtersQuery,
  metric: MetricId,
  hour: z
    .string()
    .regex(
      /^(\d{4}-\d\d-\d\dT([01]\d|2[0-3]):00|([1-7]-)?([01]\d|2[0-3]))$/,
      'must be the key of a line by hour: 2026-11-30T09:00, 09, or 1-09 for Mondays at nine',
    )
    .describe('Only what was counted in this hour: the key of a line by `hour`, `hour_of_day` or `hour_of_week`.')
    .optional(),
  hours: Reckoning.default('calendar'),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const TracedQueryFields = TracedFields
export const TracedQuery = TracedFields.refine(inOrder, outOfOrder).refine(isShort, tooLong).refine(oneFilter, onlyOne)
export type TracedQuery = z.infer<typeof TracedQuery>

/** `values`: what the chat adds to the metric in one hour. `of`: which of its parts; `value`: how many, or ms. */
export const TracedChat = z.object({
  sessionId: SessionId,
  inbox: Label,
  channel: Channel,
  tags: z.array(Label),
  startedAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  values: z.array(z.object({ at: z.iso.datetime(), of: z.string(), value: z.number(), by: z.string().nullable() })),
})
export type TracedChat = z.infer<typeof TracedChat>
export const TracedChats = z.object({ chats: z.array(TracedChat), cursor: z.string().nullable() })

/** What somebody looks at again and again: a report's question, with days that move along. */
export const ViewPeriod = z.enum([
  'today',
  'yesterday',
  '7_days',
  '30_days',
  '90_days',
  'this_month',
  'last_month',
  'year',
])
export type ViewPeriod = z.infer<typeof ViewPeriod>

const view = {
  name: z.string().trim().min(1).max(100),
  period: ViewPeriod,
  inboxes: z.array(Label).max(100),
  filter: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('agent'), value: filters.agent }),
      z.strictObject({ kind: z.literal('team'), value: filters.team }),
      z.strictObject({ kind: z.literal('channel'), value: filters.channel }),
      z.strictObject({ kind: z.literal('tag'), value: filters.tag }),
    ])
    .nullable(),
  by: ReportBy,
  hours: Reckoning,
  compare: z.enum(['previous', 'year']).nullable(),
  metrics: z.array(MetricId).min(1).max(60),
}

/** When a view is sent by itself, on the clock of `timeZone`: each day, each Monday, or each first of a month. */
export const Digest = z.strictObject({
  every: z.enum(['day', 'week', 'month']),
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 08:00'),
  timeZone: z.string().max(64).refine(knownZone, { error: 'must be an IANA time zone such as Europe/Lisbon' }),
  to: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('email'), addresses: z.array(z.email().max(320)).min(1).max(20) }),
    z.strictObject({ kind: z.literal('slack'), channel: z.string().regex(/^[CG][A-Z0-9]{2,}$/) }),
  ]),
})
export type Digest = z.infer<typeof Digest>

export const NewView = z.strictObject({
  ...view,
  inboxes: view.inboxes.default([]),
  filter: view.filter.default(null),
  hours: view.hours.default('calendar'),
  compare: view.compare.default(null),
  digest: Digest.nullable().default(null),
})
export type NewView = z.infer<typeof NewView>

/** `lastSent`: what became of the newest digest. */
export const SavedView = NewView.extend({
  id: z.string(),
  version: z.number().int().min(1),
  lastSent: z.object({ at: z.iso.datetime(), problem: z.string().nullable() }).nullable(),
})
export type SavedView = z.infer<typeof SavedView>
export const ChangeView = z
  .strictObject({ ...view, digest: Digest.nullable(), version: z.number().int().min(1) })
  .partial()
export type ChangeView = z.infer<typeof ChangeView>
export const SavedViews = z.object({ views: z.array(SavedView) })
