import { z } from 'zod'

/** A channel as `conversations.info` tells of it. */
export const ChannelInfo = z
  .object({
    channel: z.object({
      id: z.string(),
      name: z.string().optional(),
      is_archived: z.boolean().optional(),
      is_member: z.boolean().optional(),
      is_ext_shared: z.boolean().optional(),
      is_pending_ext_shared: z.boolean().optional(),
    }),
  })
  .transform(({ channel }) => channel)
export type ChannelInfo = z.infer<typeof ChannelInfo>
