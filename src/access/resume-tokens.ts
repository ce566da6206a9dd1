import { createHash } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { DeskbridgeError } from '../contract/errors.ts'
import { Epoch, SessionId, VisitorId } from '../contract/ids.ts'

/** Whose chat a link in an email opens. It is good for the address it was sent to, as long as the visitor goes by it. */
export interface Resumption {
  visitor: VisitorId
  session: SessionId
  epoch: Epoch
  address: string
}

const Claims = z.object({
  aud: z.literal('resume'),
  sub: VisitorId,
  session: SessionId,
  epoch: Epoch,
  address: z.string(),
})

export interface ResumeTokens {
  sign(resumption: Resumption): Promise<string>
  /** Throws `unauthorized`. `isFor`: whether it was sent to this address, which it does not tell. */
  verify(token: string): Promise<Omit<Resumption, 'address'> & { isFor(address: string | undefined): boolean }>
}

const algorithm = 'HS256'
const encode = (secret: string) => new TextEncoder().encode(secret)
const digest = (address: string) => createHash('sha256').update(address.toLowerCase()).digest('base64url')

export function createResumeTokens(
  secrets: { secret: string; previous?: string | undefined },
  lifetimeMs: number,
  now: () => number,
): ResumeTokens {
  const accepted = [secrets.secret, secrets.previous].filter((secret) => secret !== undefined).map(encode)
  return {
    sign: ({ visitor, session, epoch, address }) =>
      new SignJWT({ session, epoch, address: digest(address) })
        .setProtectedHeader({ alg: algorithm })
        .setAudience('resume')
        .setSubject(visitor)
        .setExpirationTime(new Date(now() + lifetimeMs))
        .sign(encode(secrets.secret)),
    async verify(token) {
      const options = { algorithms: [algorithm], audience: 'resume', currentDate: new Date(now()) }
      for (const secret of accepted) {
        const claims = Claims.safeParse((await jwtVerify(token, secret, options).catch(() => null))?.payload)
        if (!claims.success) continue
        const { sub: visitor, session, epoch, address } = claims.data
        return { visitor, session, epoch, isFor: (given) => given !== undefined && digest(given) === address }
      }
      throw new DeskbridgeError('unauthorized')
    },
  }
}
