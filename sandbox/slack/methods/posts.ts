import { z } from 'zod'
import { documented } from '../../fixtures/load.ts'
import { messageBody } from '../message-body.ts'
import { type MethodDeps, type Methods, Place, refuse, text, tier } from './method.ts'

const Metadata = z.object({ event_type: text, event_payload: z.record(z.string(), z.unknown()) })

const Button = z.object({
  type: z.literal('button'),
  action_id: text.max(255),
  text: z.object({ type: z.literal('plain_text'), text: text.min(1).max(75) }),
  value: text.max(2_000).optional(),
})
const textOf = (most: number) => z.object({ type: z.enum(['mrkdwn', 'plain_text']), text: text.min(1).max(most) })
const Blocks = z.array(
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('header'), text: textOf(150).extend({ type: z.literal('plain_text') }) }),
    z.object({ type: z.literal('context'), elements: z.array(textOf(3_000)).min(1).max(10) }),
    z
      .object({
        type: z.literal('section'),
        text: textOf(3_000).optional(),
        fields: z.array(textOf(2_000)).min(1).max(10).optional(),
      })
      .refine((section) => section.text !== undefined || section.fields !== undefined),
    z.object({ type: z.literal('actions'), elements: z.array(Button).min(1).max(25) }),
  ]),
)

/** At most 50 of the kinds that we use, within Slack's limits. */
function blocksOf(given: unknown) {
  const { data = refuse('invalid_blocks') } = Blocks.max(50).safeParse(given ?? [])
  return data.length > 0 ? data : undefined
}

const Post = z.object({
  channel: text,
  text: text.default(''),
  thread_ts: text.optional(),
  username: text.optional(),
  icon_url: text.optional(),
  blocks: z.unknown().optional(),
  metadata: Metadata.optional(),
})

const Change = Place.extend({ text, blocks: z.unknown().optional(), metadata: Metadata.optional() })

/** `chat.…` */
export const postMethods = ({ team: { bot }, workspace, channelOf, posted }: MethodDeps): Methods => ({
  'chat.postMessage': {
    // One a second a channel, with a burst of four.
    window: { limit: 4, windowMs: 4_000 },
    countedBy: ({ channel }) => String(channel),
    run(args) {
      const {
        channel,
        text: content,
        thread_ts: threadTs,
        username,
        icon_url: icon,
        metadata,
        ...post
      } = Post.parse(args)
      channelOf(channel)
      if (content === '') refuse('no_text')
      if (content.length > 40_000) refuse('msg_too_long')
      if (threadTs && !workspace.find(channel, threadTs)) refuse('thread_not_found')
      const message = workspace.post({
        channel,
        threadTs: threadTs ?? null,
        text: content,
        user: bot.user,
        botId: bot.id,
        username: username ?? null,
        icon,
        blocks: blocksOf(post.blocks),
        metadata: metadata ?? null,
      })
      posted(message)
      return documented('slack/chat.postMessage', { channel, ts: message.ts, message: messageBody(message, true) })
    },
  },

  'chat.update': {
    window: tier(50),
    run(args) {
      const { channel, ts, text: content, ...change } = Change.parse(args)
      const message = workspace.find(channelOf(channel), ts) ?? refuse('message_not_found')
      const { metadata } = change
      workspace.change(channel, ts, { text: content, blocks: blocksOf(change.blocks), ...(metadata && { metadata }) })
      const changed = { ...messageBody(message, false), text: content }
      return documented('slack/chat.update', { channel, ts, text: content, message: changed })
    },
  },

  'chat.delete': {
    window: tier(50),
    run(args) {
      const { channel, ts } = Place.parse(args)
      const message = workspace.find(channelOf(channel), ts) ?? refuse('message_not_found')
      if (message.username !== null || message.botId === null) refuse('cant_delete_message')
      workspace.remove(channel, ts)
      return documented('slack/chat.delete', { channel, ts })
    },
  },
})
