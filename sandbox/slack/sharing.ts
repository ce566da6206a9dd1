import { documented } from '../fixtures/load.ts'

/** What Slack tells of each channel that another organisation was let into or has left. */
export function sharingEvents(before: ReadonlySet<string>, now: ReadonlySet<string>): Record<string, unknown>[] {
  const shared = [...now].filter((channel) => !before.has(channel))
  const unshared = [...before].filter((channel) => !now.has(channel))
  return [
    ...shared.map((channel) => documented('slack/event.channel_shared', { channel })),
    ...unshared.map((channel) => documented('slack/event.channel_unshared', { channel })),
  ]
}
