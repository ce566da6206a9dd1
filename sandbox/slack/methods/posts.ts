import { z } from 'zod'
import { documented } from '../../fixtures/load.ts'
import { messageBody } from '../message-body.ts'
import { bot } from '../people.ts'
import { type MethodDeps, type Methods, Place, refuse, text, tier } from './method.ts'

const Post = z.object({
  channel: text,
  text: text.default(''),
  thread_ts: text.optional(),
  username: text.optional(),
  metadata: z.object({ event_type: text, event_payload: z.record(z.string(), z.unknown()) }).optional(),
})

/** `chat.…` */
export const postMethods = ({ workspace, channelOf, posted }: MethodDeps): Methods => ({
  'chat.postMessage': {
    // One a second a channel, with a burst of four.
    window: { limit: 4, windowMs: 4_000 },
    countedBy: ({ channel }) => String(channel),
    run(args) {
      const { channel, text: content, thread_ts: threadTs, username, metadata } = Post.parse(args)
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
        metadata: metadata ?? null,
      })
      posted(message)
      return documented('slack/chat.postMessage', { channel, ts: message.ts, message: messageBody(message, true) })
    },
  },

  'chat.update': {
    window: tier(50),
    run(args) {
      const { channel, ts, text: content } = Place.extend({ text }).parse(args)
      const message = workspace.find(channelOf(channel), ts) ?? refuse('message_not_found')
      workspace.change(channel, ts, content)
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
