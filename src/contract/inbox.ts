import { z } from 'zod'
import { Label, Tags } from './event.ts'
import { Hours, knownZone } from './hours.ts'
import { SlackSettings } from './slack-settings.ts'

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
  /** How long somebody has been on a page before the greeting shows beside the button. Seconds; null: never. */
  proactiveAfter: z.number().int().min(0).max(3_600).nullable().default(null),
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
const zendeskId = z.string().regex(/^\d{1,20}$/)

const status = z.enum(['open', 'pending', 'hold'])

/** When an inbox's chats become tickets, and what those are made with. What is absent is Zendesk's own choice. */
export const TicketSettings = z
  .strictObject({
    /** Besides on request. */
    when: z
      .array(z.enum(['first_message', 'unanswered', 'outside_hours', 'closed']))
      .max(4)
      .default(['first_message']),
    /** How long nobody has answered for it to be `unanswered`. ms */
    unansweredAfter: z.number().int().min(1_000).max(days).default(300_000),
    /** With the variables of canned responses; null: who it is with. */
    subject: text(150).nullable().default(null),
    brandId: zendeskId.optional(),
    groupId: zendeskId.optional(),
    formId: zendeskId.optional(),
    priority: z.enum(['low', 'normal', 'high', 'urgent']).optional(),
    tags: Tags.default([]),
    /** The account's own ticket fields. A value with variables may come from the questions before the chat. */
    fields: z
      .array(z.strictObject({ id: zendeskId, value: text(1_000) }))
      .max(50)
      .default([]),
    /** The ticket's status after each; null leaves it. */
    statusAfter: z
      .strictObject({
        visitor: status.nullable().default('open'),
        agent: status.nullable().default('pending'),
        closing: z.enum(['solved', 'open', 'pending', 'hold']).nullable().default('solved'),
      })
      .prefault({}),
    /** Whether who answers in the console is the ticket's assignee, if the account knows them by their email. */
    assign: z.boolean().default(true),
    /** Of the times in it; null: the one of the inbox's hours, else UTC. */
    timeZone: z
      .string()
      .max(64)
      .refine(knownZone, { error: 'must be an IANA time zone such as Europe/Lisbon' })
      .nullable()
      .default(null),
    /** What is said while the chat runs, as comments. Zendesk mails public ones. */
    comments: z.enum(['private', 'public', 'off']).default('private'),
    /** The whole chat as one comment at its end. */
    transcript: z.enum(['public', 'private', 'off']).default('public'),
  })
  .refine(({ comments, transcript }) => comments !== 'off' || transcript !== 'off', {
    error: 'without comments and without a transcript nothing of the chat is in the ticket',
    path: ['transcript'],
  })
  .refine(({ comments, transcript }) => comments !== 'public' || transcript !== 'public', {
    error: 'the customer would be mailed everything twice: make the transcript private, or off',
    path: ['transcript'],
  })
export type TicketSettings = z.infer<typeof TicketSettings>

/** A site as browsers name it, or an app's web view (`capacitor://localhost`); `*` is any. */
const AllowedOrigin = z
  .string()
  .max(500)
  .refine((origin) => origin === '*' || isOrigin(origin), {
    error: 'must be an origin such as https://shop.example, in lower case and without a path, or *',
  })

function isOrigin(text: string): boolean {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[a-z0-9._:[\]-]+$/.test(text) || !URL.canParse(text)) return false
  // Browsers leave out a scheme's own port; schemes that URL does not know have no origin of their own.
  const { origin } = new URL(text)
  return origin === 'null' || origin === text
}

const settings = {
  name: text(100),
  /** A switched-off inbox takes no new chats; those that it has go on. */
  enabled: z.boolean(),
  /** Who may embed the widget and speak for its visitors. */
  allowedOrigins: z.array(AllowedOrigin).min(1).max(100),
  look: Look,
  greeting: text(1_000).nullable(),
  preChat: z
    .array(PreChatField)
    .max(20)
    .refine((fields) => new Set(fields.map(({ key }) => key)).size === fields.length, {
      error: 'two fields have one key',
    }),
  /** Null: always open. */
  hours: Hours.nullable(),
  /** What happens outside the hours: a message can be left, which becomes a ticket and is answered by email. */
  outsideHours: z.strictObject({ text: text(1_000).nullable().default(null), requireEmail: z.boolean().default(true) }),
  assignment: Assignment,
  automation: Automation,
  slack: SlackSettings,
  zendesk: TicketSettings,
  /** When a new chat must solve the installation's challenge; `flood`: while more than `floodAbove` a minute are started. */
  challenge: z.strictObject({
    when: z.enum(['never', 'flood', 'always']).default('flood'),
    floodAbove: z.number().int().min(1).max(100_000).default(60),
  }),
  /** Takes only visitors whom a token of the site's own backend identifies. */
  identityRequired: z.boolean(),
  /** Chats closed longer ago are erased; null: never. */
  retentionDays: z.number().int().min(1).max(36_500).nullable(),
}

/** One website or app: its own key, sites, look, hours and ways. Everything but the key can be changed. */
export const Inbox = z.strictObject({
  key: InboxKey,
  ...settings,
  enabled: settings.enabled.default(true),
  look: settings.look.prefault({}),
  greeting: settings.greeting.default(null),
  preChat: settings.preChat.default([]),
  hours: settings.hours.default(null),
  outsideHours: settings.outsideHours.prefault({}),
  assignment: settings.assignment.prefault({}),
  automation: settings.automation.prefault({}),
  slack: settings.slack.prefault({}),
  zendesk: settings.zendesk.prefault({}),
  challenge: settings.challenge.prefault({}),
  identityRequired: settings.identityRequired.default(false),
  retentionDays: settings.retentionDays.default(null),
})
export type Inbox = z.infer<typeof Inbox>

const version = z.number().int().min(1)

/** `version` counts its changes, from 1. */
export const VersionedInbox = Inbox.extend({ version })
export type VersionedInbox = z.infer<typeof VersionedInbox>

/**
 * A setting that is named takes the place of the one that is there, whole; those that are not named stay. `version`: the
 * one that was read. An inbox that was changed since is left as it is: `version_conflict`.
 */
export const ChangeInbox = z.strictObject({ ...settings, version }).partial()
export type ChangeInbox = z.infer<typeof ChangeInbox>

export const InboxList = z.object({ inboxes: z.array(VersionedInbox) })

/** What a widget is told before anybody has written: nothing of who answers, and where. */
export const ShownInbox = z.object({
  key: InboxKey,
  name: z.string(),
  look: Look,
  greeting: z.string().nullable(),
  preChat: z.array(PreChatField),
  open: z.boolean(),
  /** When it opens next; null while it is open, or when that is not within a year. */
  opensAt: z.iso.datetime().nullable(),
  /** Said outside the hours. */
  outsideHours: z.string().nullable(),
  /** A chat that is started now needs an email. */
  emailRequired: z.boolean(),
})
export type ShownInbox = z.infer<typeof ShownInbox>
