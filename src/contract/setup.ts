import { z } from 'zod'

/** `todo`: not done yet. `failing`: done, and something is wrong with it. `unknown`: it could not be found out in time. */
export const SetupState = z.enum(['done', 'todo', 'failing', 'unknown'])
export type SetupState = z.infer<typeof SetupState>

/** What was looked at, and how it is. `todo`: what to do about it. */
export const SetupFinding = z.object({
  level: z.enum(['ok', 'warning', 'problem']),
  what: z.string(),
  todo: z.string().nullable(),
})
export type SetupFinding = z.infer<typeof SetupFinding>

/** `next`: the sentence that says what to do; null when nothing is. `isOptional`: chats work without it. */
export const SetupStep = z.object({
  id: z.enum(['public_url', 'team', 'slack', 'zendesk', 'widget', 'mail']),
  title: z.string(),
  isOptional: z.boolean(),
  state: SetupState,
  found: z.string(),
  next: z.string().nullable(),
  findings: z.array(SetupFinding),
})
export type SetupStep = z.infer<typeof SetupStep>

/** In the order in which they are done. `lookedAt`: up to half a minute ago. */
export const Setup = z.object({ steps: z.array(SetupStep), lookedAt: z.iso.datetime() })
export type Setup = z.infer<typeof Setup>
