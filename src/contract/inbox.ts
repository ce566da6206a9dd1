import { z } from 'zod'
import { Label, Tags } from './event.ts'

/** Names an inbox in the widget's tag, in the API and in an agent's list. */
export const InboxKey = Label
const text = (most: number) => z.string().trim().min(1).max(most)
const color = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #1f6feb')

/** How the widget looks. */
const Look = z.strictObject({
  color: color.default('#1f6feb'),
  theme: z.enum(['auto', 'light', 'dark']).default('auto'),
  position: z.enum(['left', 'right']).default('right'),
  launcherText: text(60).nullable().default(null),
  logoUrl: z
    .url({ protocol: /^https$/ })
    .max(2_000)
    .nullable()
    .default(null),
})

/** One question before a chat. `name` and `email` fill the visitor's own fields, any other key an attribute. */
export const PreChatField = z
  .strictObject({
    key: z.string().regex(/^[A-Za-z0-9_]{1,64}$/),
    label: text(200),
    type: z.enum(['text', 'email', 'select']).default('text'),
    required: z.boolean().default(false),
    options: z.array(text(200)).max(50).default([]),
  })
  .refine((field) => (field.type === 'select') === field.options.length > 0, {
    error: 'a select, and only it, has options',
  })
export type PreChatField = z.infer<typeof PreChatField>

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time such as 09:30')
const Opening = z
  .strictObject({ from: clock, to: clock })
  .refine(({ from, to }) => from < to, { error: 'ends before it begins' })
const openings = z.array(Opening).max(10).default([])
export type Opening = z.infer<typeof Opening>

const knownZone = (zone: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}

/** When somebody answers, on the clock of `timeZone`. A holiday's own openings stand in place of its weekday's. */
export const Hours = z.strictObject({
  timeZone: z.string().max(64).refine(knownZone, { error: 'must be an IANA time zone such as Europe/Lisbon' }),
  weekly: z
    .strictObject({
      mon: openings,
      tue: openings,
      wed: openings,
      thu: openings,
      fri: openings,
      sat: openings,
      sun: openings,
    })
    .partial(),
  holidays: z
    .array(z.strictObject({ date: z.iso.date(), name: text(100).optional(), openings }))
    .max(200)
    .default([]),
})
export type Hours = z.infer<typeof Hours>

const days = 86_400_000

/** How a chat finds its agent. Times in ms. */
const Assignment = z.strictObject({
  strategy: z.enum(['round_robin', 'least_busy', 'skill_based', 'priority', 'manual']).default('round_robin'),
  /** Whoever had the visitor last is asked first. */
  lastAgentFirst: z.boolean().default(true),
  /** What an agent must know to get chats of this inbox under `skill_based`, besides the chat's own tags that are skills. */
  skills: z.array(Label).max(50).default([]),
  /** An agent who has not answered by then loses the chat to the next one. */
  answerWithin: z.number().int().min(1_000).max(days).nullable().default(120_000),
})

/** What is said by itself. Times in ms; null says nothing. */
const Automation = z.strictObject({
  /** When no agent is online. */
  nobodyThere: text(1_000).nullable().default(null),
  /** Once, to a visitor who has waited so long. */
  whileWaiting: z
    .strictObject({ after: z.number().int().min(1_000).max(days), text: text(1_000) })
    .nullable()
    .default(null),
  /** Before a quiet chat times out; `{{minutes}}` is what is left. */
  timeoutWarning: text(1_000).default('Are you still there? This chat ends in {{minutes}} minutes if nobody writes.'),
})

/** Ids of Zendesk's own, as text because they pass 2^53. */
const zendeskId = z
  .string()
  .regex(/^\d{1,20}$/)
  .optional()

/** One website or app: its own key, sites, look, hours and ways. Everything but the key can be changed. */
export const Inbox = z.strictObject({
  key: InboxKey,
  name: text(100),
  /** Origins such as `https://shop.example`; `*` is any. */
  allowedOrigins: z.array(z.string().max(500)).min(1).max(100),
  look: Look.prefault({}),
  greeting: text(1_000).nullable().default(null),
  preChat: z.array(PreChatField).max(20).default([]),
  /** Null: always open. */
  hours: Hours.nullable().default(null),
  /** What happens outside the hours: a message can be left, which becomes a ticket and is answered by email. */
  outsideHours: z
    .strictObject({ text: text(1_000).nullable().default(null), requireEmail: z.boolean().default(true) })
    .prefault({}),
  assignment: Assignment.prefault({}),
  automation: Automation.prefault({}),
  /** Where its threads are; absent: the installation's channel. */
  slack: z
    .strictObject({
      channel: z
        .string()
        .regex(/^[CG][A-Z0-9]{2,}$/)
        .optional(),
    })
    .prefault({}),
  zendesk: z
    .strictObject({ brandId: zendeskId, groupId: zendeskId, formId: zendeskId, tags: Tags.default([]) })
    .prefault({}),
  /** Takes only visitors whom a token of the site's own backend identifies. */
  identityRequired: z.boolean().default(false),
  /** Chats closed longer ago are erased; null: never. */
  retentionDays: z.number().int().min(1).max(36_500).nullable().default(null),
})
export type Inbox = z.infer<typeof Inbox>

export const ChangeInbox = Inbox.omit({ key: true }).partial()
export type ChangeInbox = z.infer<typeof ChangeInbox>
