import type { InboxSettings } from '../../bridge/port/asked.ts'
import { apart, movingOn } from './failures.ts'
import { channelFor, channelsIn, type RouteFacts } from './route.ts'

/** Where threads are: where the inbox's rules say, else in the installation's channel. */
export function createChannels(installations: string, inboxes: InboxSettings) {
  const all = async (): Promise<ReadonlySet<string>> => {
    const own = (await inboxes.list()).flatMap(({ slack }) => channelsIn(slack))
    return new Set([installations, ...own])
  }
  const ofInbox = async (key: string): Promise<readonly string[] | null> => {
    const settings = await inboxes.find(key)
    return settings && [settings.slack.channel ?? installations, ...channelsIn(settings.slack)]
  }
  return {
    all,
    /** Whether an inbox's threads may be there; those of one that is gone stay where they are. */
    async areOf(inbox: string, channel: string): Promise<boolean> {
      return (await ofInbox(inbox))?.includes(channel) ?? true
    },
    /** Differs when an inbox has other channels. */
    async named(): Promise<string> {
      const keys = (await inboxes.list()).map(({ key }) => key).sort()
      return JSON.stringify(await Promise.all(keys.map(async (key) => [key, await ofInbox(key)])))
    },
    async of(chat: RouteFacts): Promise<string> {
      const settings = chat.inbox === null ? null : await inboxes.find(chat.inbox)
      return (settings && channelFor(settings.slack, chat)) ?? installations
    },
    /** An inbox whose channel is archived or was never joined must not stop those of the other inboxes. */
    apart<T>(channel: string, run: () => Promise<T>): Promise<T> {
      return channel === installations ? run() : apart(run)
    },
    /** The same; a chat leaves a closed channel that nobody's settings name any more. */
    async orElsewhere<T>(channel: string, run: () => Promise<T>): Promise<T> {
      if (channel === installations) return run()
      return (await all()).has(channel) ? apart(run) : apart(() => movingOn(run))
    },
  }
}
