import { z } from 'zod'
import { documented } from '../../fixtures/load.ts'
import { type MethodDeps, type Methods, refuse, text, tier } from './method.ts'

const Reaction = z.object({ channel: text, timestamp: text, name: text })

/** `reactions.…` */
export const reactionMethods = ({ workspace, channelOf }: MethodDeps): Methods => ({
  'reactions.add': {
    window: tier(50),
    run(args) {
      const { channel, timestamp, name } = Reaction.parse(args)
      const message = workspace.find(channelOf(channel), timestamp) ?? refuse('message_not_found')
      if (message.reactions?.includes(name)) refuse('already_reacted')
      workspace.react(channel, timestamp, name)
      return documented('slack/reactions.add', {})
    },
  },
  'reactions.remove': {
    window: tier(20),
    run(args) {
      const { channel, timestamp, name } = Reaction.parse(args)
      const message = workspace.find(channelOf(channel), timestamp) ?? refuse('message_not_found')
      if (!message.reactions?.includes(name)) refuse('no_reaction')
      workspace.unreact(channel, timestamp, name)
      return documented('slack/reactions.remove', {})
    },
  },
})
