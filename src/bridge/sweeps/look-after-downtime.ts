import type { Links } from '../links/link.ts'

/** Remotes push for a while and give up: after a stop of any length, what was active is compared with the remote. */
const lookBackMs = 48 * 3_600_000

export async function lookAfterDowntime(links: Links, now: number): Promise<number> {
  const result = await links.updateMany(
    { activeAt: { $gte: new Date(now - lookBackMs) }, 'remote.thread': { $exists: true } },
    { $set: { 'inbound.lookAt': now } },
  )
  return result.modifiedCount
}
