import type { Config } from '../../platform/settings.ts'

/** By what answers reach a visitor who has left. One of them, never two. */
export type WayOfAnswers = 'smtp' | 'zendesk' | 'off'

/** What is set, or else what there is. */
export function wayOfAnswers({ mail, zendesk }: Pick<Config, 'mail' | 'zendesk'>): WayOfAnswers {
  if (mail.leftVisitor) return mail.leftVisitor
  if (mail.url) return 'smtp'
  return zendesk ? 'zendesk' : 'off'
}
