import { z } from 'zod'

/** Where an administrator of a workspace clicks Allow. Times as ISO 8601. */
export const SlackInstallLink = z.object({ url: z.url(), expiresAt: z.string() })
export type SlackInstallLink = z.infer<typeof SlackInstallLink>

/** A workspace in which the app was installed. */
export const SlackInstallation = z.object({
  team: z.string(),
  name: z.string(),
  botUser: z.string(),
  app: z.string(),
  scopes: z.array(z.string()),
  /** The first time. */
  installedAt: z.string(),
  /** The last time. */
  grantedAt: z.string(),
  /** Since when the app is not in the workspace any more; null: it is. */
  goneAt: z.string().nullable(),
})
export type SlackInstallation = z.infer<typeof SlackInstallation>

export const SlackInstallations = z.object({ installations: z.array(SlackInstallation) })
