import { z } from 'zod'

const SlackChannel = z.string().regex(/^[CG][A-Z0-9]{2,}$/, 'must be a channel id such as C0123456789')

/** How an inbox's chats are in Slack. */
export const SlackSettings = z.strictObject({
  /** Where its threads are; absent: the installation's channel. */
  channel: SlackChannel.optional(),
})
