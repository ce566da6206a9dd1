import type { InboxSettings } from '../../bridge/port.ts'
import { apart } from './failures.ts'

/** Where threads are: in the inbox's channel, else in the installation's. */
export const createChannels = (installations: string, inboxes: InboxSettings) => ({
  async of(inbox: string | null): Promise<string> {
    const settings = inbox === null ? null : await inboxes.find(inbox)
    return settings?.slack.channel ?? installations
  },
  async all(): Promise<ReadonlySet<string>> {
    const own = (await inboxes.list()).flatMap(({ slack }) => slack.channel ?? [])
    return new Set([installations, ...own])
  },
  /** An inbox whose channel is archived or was never joined must not stop those of the other inboxes. */
  apart<T>(channel: string, run: () => Promise<T>): Promise<T> {
    return channel === installations ? run() : apart(run)
  },
})
