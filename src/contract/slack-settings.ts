import { z } from 'zod'
import { Label } from './event.ts'

const SlackChannel = z.string().regex(/^[CG][A-Z0-9]{2,}$/, 'must be a channel id such as C0123456789')

/** BCP 47: `pt` is every Portuguese, `pt-BR` that of Brazil. */
const Language = z.string().regex(/^[A-Za-z0-9-]{2,35}$/, 'must be a language such as pt or pt-BR')

/** Which chats have their threads in another channel. All that it names has to hold; of a list, one of it. */
const Route = z
  .strictObject({
    channel: SlackChannel,
    /** Whether the chat began within the inbox's hours. */
    hours: z.enum(['open', 'outside']).optional(),
    languages: z.array(Language).min(1).max(50).optional(),
    /** What the chat has when its thread opens. */
    tags: z.array(Label).min(1).max(20).optional(),
  })
  .refine(({ hours, languages, tags }) => hours ?? languages ?? tags, {
    error: 'names neither hours nor languages nor tags: the channel for all others is slack.channel',
  })

const days = 86_400_000

/** Told in a chat's thread, and in its channel, when nobody has answered. Times in ms. */
const Alert = z.strictObject({
  /** How long the visitor has waited; names the rule. */
  after: z.number().int().min(1_000).max(days),
  /** Told again so long after it was told last, while nobody answers. Absent: told once. */
  every: z.number().int().min(1_000).max(days).optional(),
  /** How often it is told at most, with the first time. */
  most: z.number().int().min(1).max(100).default(10),
  mention: z
    .string()
    .regex(/^(here|channel|[UWS][A-Z0-9]{2,})$/, 'must be here, channel, or the id of a user or a user group')
    .optional(),
})
export type Alert = z.infer<typeof Alert>
const Prefix = z
  .string()
  .min(1)
  .max(20)
  .refine((text) => text.trim() === text, 'begins or ends with white space')

/** How an inbox's chats are in Slack. */
export const SlackSettings = z.strictObject({
  /** Where its threads are; absent: the installation's channel. */
  channel: SlackChannel.optional(),
  /** The first that fits goes before `channel`. */
  routes: z.array(Route).max(50).default([]),
  alerts: z
    .array(Alert)
    .max(10)
    .refine((alerts) => new Set(alerts.map(({ after }) => after)).size === alerts.length, {
      error: 'two alerts are due after the same time',
    })
    .default([]),
  /** A reply that begins so is a note for the team. */
  notePrefix: Prefix.default('//'),
  /** Which replies reach the customer: all that are no notes, or only those that begin with `sendPrefix`. */
  send: z.enum(['all', 'explicit']).default('all'),
  sendPrefix: Prefix.default('>>'),
  /** Whether its chats may stand where people of other organisations read them. */
  allowShared: z.boolean().default(false),
  /** Whether those people answer its customers. */
  allowOutsiders: z.boolean().default(false),
})
export type SlackSettings = z.infer<typeof SlackSettings>
