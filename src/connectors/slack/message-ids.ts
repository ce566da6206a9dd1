/** A message's `ts` (`1700000000.000100`) names it within its channel, a channel's id is Slack's only one; Slack orders by `ts`. */

export const threadOf = (channel: string, ts: string): string => `${channel}:${ts}`

export const channelOfThread = (thread: string): string => thread.split(':')[0] ?? ''

/** The id of a message in the inbox and among the bindings. */
export const remoteIdOf = (channel: string, ts: string): string => `${channel}:${ts}`

export function channelAndTs(remoteId: string): { channel: string; ts: string } | null {
  const [channel, ts] = remoteId.split(':')
  return channel && ts ? { channel, ts } : null
}

const secondsWidth = 12

/** Sorts as text. */
export function orderOf(ts: string): string {
  const [seconds = '', fraction = ''] = ts.split('.')
  return `${seconds.padStart(secondsWidth, '0')}.${fraction.padEnd(6, '0')}`
}

/** What a change of a message adds stands behind a colon. */
export const tsOfOrder = (order: string): string => (order.split(':')[0] ?? '').replace(/^0+(?=\d)/, '')

export const msOfOrder = (order: string): number => Number(tsOfOrder(order)) * 1_000

/** Epoch ms to a `ts`, for the bounds of a search. */
export const tsAt = (ms: number): string => (Math.max(ms, 0) / 1_000).toFixed(6)
