import { z } from 'zod'
import { documented, fixture } from '../../fixtures/load.ts'
import type { Team } from '../teams.ts'
import { type Methods, refuse, text, tier } from './method.ts'

export interface ChannelsDeps {
  team: Pick<Team, 'id' | 'channels' | 'left'>
  /** Public ones that it is not in, which it may look at all the same. */
  visible: ReadonlySet<string>
  archived: ReadonlySet<string>
  /** With another organisation. */
  shared: ReadonlySet<string>
}

/** `conversations.info`, which tells of an archived channel as of any other. */
export const channelMethods = ({
  team: { id: team, channels, left },
  visible,
  archived,
  shared,
}: ChannelsDeps): Methods => ({
  'conversations.info': {
    window: tier(50),
    run(args) {
      const { channel: id } = z.object({ channel: text }).parse(args)
      if (![channels, left, visible].some((set) => set.has(id))) refuse('channel_not_found')
      const name = `channel-${id.toLowerCase()}`
      const is = {
        is_archived: archived.has(id),
        is_member: channels.has(id),
        is_shared: shared.has(id),
        is_ext_shared: shared.has(id),
      }
      const { channel } = z.object({ channel: z.looseObject({}) }).parse(fixture('slack/conversations.info').body)
      return documented('slack/conversations.info', {
        channel: { ...channel, id, name, name_normalized: name, context_team_id: team, ...is },
      })
    },
  },
})
