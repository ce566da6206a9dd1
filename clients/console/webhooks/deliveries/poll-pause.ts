import type { ShownDelivery } from '../../../../src/contract/webhook.ts'

/** A call that is under way looks like one that is due in half a minute: for so long it is its worker's. ms */
const soon = 35_000
const briefly = 2_000
export const atLeisure = 15_000

/** How long until it is worth to look again; null: nothing waits. `isBusy`: a replay goes on. */
export function pollPause(
  deliveries: readonly Pick<ShownDelivery, 'state' | 'nextAt'>[],
  isBusy: boolean,
  now: number,
): number | null {
  const waiting = deliveries.filter(({ state }) => state === 'waiting')
  if (isBusy || waiting.some(({ nextAt }) => nextAt === null || Date.parse(nextAt) <= now + soon)) return briefly
  return waiting.length > 0 ? atLeisure : null
}
