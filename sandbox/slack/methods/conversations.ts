import { z } from 'zod'
import { documented } from '../../fixtures/load.ts'
import { messageBody } from '../message-body.ts'
import type { Message } from '../workspace.ts'
import { flag, type MethodDeps, type Methods, refuse, text, tier } from './method.ts'

const Page = z.object({
  channel: text,
  ts: text.optional(),
  oldest: z.coerce.number().default(0),
  latest: z.coerce.number().default(Number.MAX_SAFE_INTEGER),
  inclusive: flag.default(false),
  limit: z.coerce.number().int().min(1).max(999).default(100),
  cursor: text.optional(),
  include_all_metadata: flag.default(false),
})

/** `conversations.…` */
export const conversationMethods = ({ workspace, channelOf }: MethodDeps): Methods => ({
  'conversations.replies': {
    window: tier(50),
    run(args) {
      const page = Page.parse(args)
      const root = workspace.find(channelOf(page.channel), page.ts ?? '') ?? refuse('thread_not_found')
      const [first, ...replies] = workspace.thread(page.channel, root.threadTs ?? root.ts)
      const { messages, more, cursor } = pageOf(replies, page)
      const all = first ? [first, ...messages] : messages
      return documented('slack/conversations.replies', {
        messages: all.map((message) => messageBody(message, page.include_all_metadata)),
        has_more: more,
        response_metadata: { next_cursor: cursor },
      })
    },
  },

  'conversations.history': {
    window: tier(50),
    run(args) {
      const page = Page.parse(args)
      const { messages, more, cursor } = pageOf(workspace.roots(channelOf(page.channel)).toReversed(), page)
      return documented('slack/conversations.history', {
        messages: messages.map((message) => messageBody(message, page.include_all_metadata)),
        has_more: more,
        response_metadata: { next_cursor: cursor },
      })
    },
  },
})

function pageOf(list: readonly Message[], page: z.infer<typeof Page>) {
  const inRange = list.filter(({ ts }) => {
    const at = Number(ts)
    return page.inclusive ? at >= page.oldest && at <= page.latest : at > page.oldest && at < page.latest
  })
  const start = Number(page.cursor ?? 0)
  const end = start + page.limit
  return {
    messages: inRange.slice(start, end),
    more: inRange.length > end,
    cursor: inRange.length > end ? String(end) : '',
  }
}
