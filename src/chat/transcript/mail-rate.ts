import type { Redis } from 'ioredis'
import { createRateLimit } from '../../platform/rate-limit.ts'
import type { Limits } from '../../platform/settings.ts'
import { digest } from '../mail/mails.ts'

const hour = 3_600_000

/** Transcripts by email in an hour, by who asks and by who gets them. Throws `rate_limited`. */
export interface MailRate {
  take(of: { session: string; to: string; ip: string | undefined }): Promise<void>
}

export function createMailRate(deps: { redis: Redis; prefix: string; limits: Limits }): MailRate {
  const { perSession, perRecipient, perAddress } = deps.limits.transcriptMail
  const limit = (name: string, most: number) =>
    createRateLimit({ ...deps, name: `transcript-${name}`, limit: most, windowMs: hour })
  const ofAddress = limit('address', perAddress)
  const ofSession = limit('session', perSession)
  const ofRecipient = limit('recipient', perRecipient)
  return {
    // Who asks first: one who is over a limit uses up nothing of the recipient's.
    async take({ session, to, ip }) {
      if (ip !== undefined) await ofAddress.take(ip)
      await ofSession.take(session)
      // Not the address itself: it would outlive its erasure by an hour.
      await ofRecipient.take(digest(to.toLowerCase()))
    },
  }
}
