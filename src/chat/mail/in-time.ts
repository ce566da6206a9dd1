import { setTimeout as wait } from 'node:timers/promises'
import { MailFailure } from './mailer.ts'

/** A mail that takes longer has failed, though the server may have taken it. ms */
export const sendingMs = 60_000

export async function inTime(sending: Promise<void>): Promise<void> {
  const limit = new AbortController()
  const late = wait(sendingMs, undefined, { signal: limit.signal }).then(() => {
    throw new MailFailure('away', 'the mail server did not answer in time')
  })
  late.catch(() => {})
  await Promise.race([sending, late]).finally(() => limit.abort())
}
