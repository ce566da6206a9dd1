import { setTimeout as wait } from 'node:timers/promises'

/** Few need no longer than this for each. ms */
const apartMs = 10

/** When each of so many connections is ended, in ms from now: evenly, so that not all come back in one instant. */
export function departures(count: number, mostMs: number): number[] {
  const apart = Math.min(apartMs, mostMs / count)
  return Array.from({ length: count }, (_, index) => index * apart)
}

/** Ends connections one after the other, each once it has been given what it waits for. */
export async function sendAway(leavers: readonly (() => Promise<void>)[], mostMs: number): Promise<void> {
  const times = departures(leavers.length, mostMs)
  await Promise.all(
    leavers.map(async (leave, index) => {
      await wait(times[index])
      await leave()
    }),
  )
}
