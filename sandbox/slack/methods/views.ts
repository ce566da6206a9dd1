import { z } from 'zod'
import { documented, fixture } from '../../fixtures/load.ts'
import { bot, team } from '../people.ts'
import type { Screens, View } from '../screens.ts'
import { type MethodDeps, type Methods, refuse, text, tier } from './method.ts'

const Plain = z.object({ type: z.literal('plain_text'), text })
const Content = z.looseObject({
  type: z.literal('modal'),
  title: Plain.extend({ text: text.min(1).max(24) }),
  submit: Plain.extend({ text: text.min(1).max(24) }).optional(),
  callback_id: text.max(255).optional(),
  private_metadata: text.max(3_000).optional(),
  blocks: z.array(z.looseObject({ type: text, block_id: text.optional() })).max(100),
})

/** A view as Slack returns and sends it. */
export function viewBody({ id, content }: View, state: object = {}): Record<string, unknown> {
  const { view } = fixture('slack/views.open').body
  const own = { id, root_view_id: id, team_id: team, app_id: bot.app, bot_id: bot.id, state: { values: state } }
  return { ...(view as object), ...content, ...own }
}

/** `views.…`, and what one person alone sees. */
export const viewMethods = ({ team: { people }, channelOf, screens }: MethodDeps & { screens: Screens }): Methods => ({
  'views.open': {
    window: tier(100),
    run(args) {
      const { trigger_id: trigger, view } = z.object({ trigger_id: text, view: z.unknown() }).parse(args)
      const content = contentOf(view)
      const exchanged = screens.exchange(trigger)
      if (exchanged.kind === 'refused') return refuse(exchanged.error)
      return documented('slack/views.open', { view: viewBody(screens.open(exchanged.user, content)) })
    },
  },

  'views.update': {
    window: tier(100),
    run(args) {
      const { view_id: id, view } = z.object({ view_id: text, view: z.unknown() }).parse(args)
      const content = contentOf(view)
      const known = screens.view(id) ?? refuse('not_found')
      return documented('slack/views.open', { view: viewBody(screens.update(known, content)) })
    },
  },

  'chat.postEphemeral': {
    window: tier(100),
    run(args) {
      const Whisper = z.object({ channel: text, user: text, text, thread_ts: text.optional() })
      const { channel, user, text: said, thread_ts: threadTs } = Whisper.parse(args)
      channelOf(channel)
      if (said === '') refuse('no_text')
      if (!people.some(({ id }) => id === user)) refuse('user_not_in_channel')
      screens.whisper({ channel, user, threadTs: threadTs ?? null, text: said })
      return documented('slack/chat.postEphemeral', { message_ts: '1502210682.580145' })
    },
  },
})

function contentOf(view: unknown) {
  const content = Content.parse(view)
  if (content.blocks.some(({ type }) => type === 'input') && !content.submit) refuse('invalid_arguments')
  return content
}
