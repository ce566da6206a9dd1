import { isRefusal, lostToken } from '../failures.ts'
import type { Installation } from './installation.ts'

/**
 * The first of these whose workspace has the channel; null: none of them. One that may not look counts only if no other has
 * it. Throws what says nothing about the channel.
 */
export async function whichHas<I extends { api: Pick<Installation['api'], 'channel'> }>(
  installations: readonly I[],
  channel: string,
  until?: AbortSignal,
): Promise<I | null> {
  let unsure: I | null = null
  let lost: unknown = null
  for (const installation of installations) {
    try {
      await installation.api.channel(channel, until)
      return installation
    } catch (error) {
      if (isRefusal(error, ['missing_scope'])) unsure ??= installation
      else if (isRefusal(error, lostToken)) lost ??= error
      else if (!isRefusal(error, ['channel_not_found'])) throw error
    }
  }
  if (unsure === null && lost !== null) throw lost
  return unsure
}
