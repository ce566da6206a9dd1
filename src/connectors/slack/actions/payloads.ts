import { z } from 'zod'
import { SlackMessage } from '../message.ts'

/** What Slack says of what people did, with the fields that matter here. */
export const Actor = z.object({ id: z.string(), team_id: z.string().nullish() })
export type Actor = z.infer<typeof Actor>

const channel = z.object({ id: z.string() })

/** A button under a message. */
export const Click = z.object({
  user: Actor,
  trigger_id: z.string(),
  channel,
  message: SlackMessage,
  actions: z.tuple([z.object({ action_id: z.string(), value: z.string().optional() })]),
})
export type Click = z.infer<typeof Click>

export const MessageShortcut = z.object({ user: Actor, trigger_id: z.string(), channel, message: SlackMessage })
export type MessageShortcut = z.infer<typeof MessageShortcut>

export const GlobalShortcut = z.object({ user: Actor, trigger_id: z.string() })

export const Command = z.object({ user_id: z.string(), text: z.string().default('') })

/** Written when a modal is opened: which thread it is about, and the key under which it acts once. */
const Thread = z.object({ channel: z.string(), root: z.string(), key: z.string() })
export type About = z.infer<typeof Thread>

export const About = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      context.addIssue({ code: 'custom', message: 'not JSON' })
      return z.NEVER
    }
  })
  .pipe(Thread)

const chosen = z.object({ value: z.string() }).nullish()

export const Submission = z.object({
  user: Actor,
  view: z.object({
    private_metadata: About,
    state: z.object({
      values: z.record(
        z.string(),
        z.record(z.string(), z.object({ value: z.string().nullish(), selected_option: chosen })),
      ),
    }),
  }),
})
export type Submission = z.infer<typeof Submission>

/** Something was chosen in a modal that stays open. */
export const Choice = z.object({
  user: Actor,
  view: z.object({ id: z.string(), private_metadata: About }),
  actions: z.tuple([z.object({ selected_option: chosen })]),
})

/** What was typed into a list that we fill. */
export const Suggestion = z.object({ user: Actor, value: z.string(), view: z.object({ private_metadata: About }) })

export const typedIn = ({ view }: Submission, field: string): string => view.state.values[field]?.[field]?.value ?? ''

export const chosenIn = ({ view }: Submission, field: string): string | null =>
  view.state.values[field]?.[field]?.selected_option?.value ?? null
