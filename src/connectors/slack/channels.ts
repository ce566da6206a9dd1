import type { InboxSettings } from '../../bridge/port.ts'
import { apart } from './failures.ts'
import { channelFor, channelsIn, type RouteFacts } from './route.ts'

/** Where threads are: where the inbox's rules say, else in the installation's channel. */
export const createChannels = (installations: string, inboxes: InboxSettings) => ({
  async of(chat: RouteFacts): Promise<string> {
    const settings = chat.inbox === null ? null : await inboxes.find(chat.inbox)
    return (settings && channelFor(settings.slack, chat)) ?? installations
  },
  async all(): Promise<ReadonlySet<string>> {
    const own = (await inboxes.list()).flatMap(({ slack }) => channelsIn(slack))
    return new Set([installations, ...own])
  },
  /** An inbox whose channel is archived or was never joined must not stop those of the other inboxes. */
  apart<T>(channel: string, run: () => Promise<T>): Promise<T> {
    return channel === installations ? run() : apart(run)
  },
})
