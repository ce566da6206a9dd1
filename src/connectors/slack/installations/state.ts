import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { DeskbridgeError } from '../../../contract/errors.ts'

/** Long enough to hand the address to whoever administers the workspace. */
const lifetimeMs = 3_600_000

const algorithm = 'HS256'
const audience = 'slack-installation'
const Claims = z.object({ jti: z.string().min(1), exp: z.number() })

/** What goes along to Slack and comes back with whoever was there. */
export interface States {
  sign(): Promise<{ state: string; expiresAt: Date }>
  /** Its own name, by which it counts once. Throws `install_link_invalid`. */
  verify(state: string): Promise<{ id: string; expiresAt: Date }>
}

export function createStates(deps: {
  secret: string
  previousSecret?: string | undefined
  newId(): string
  now(): number
}): States {
  const encode = (secret: string) => new TextEncoder().encode(secret)
  const accepted = [deps.secret, deps.previousSecret].filter((secret) => secret !== undefined).map(encode)
  return {
    async sign() {
      const expiresAt = new Date(Math.floor((deps.now() + lifetimeMs) / 1_000) * 1_000)
      const state = await new SignJWT()
        .setProtectedHeader({ alg: algorithm })
        .setAudience(audience)
        .setJti(deps.newId())
        .setExpirationTime(expiresAt)
        .sign(encode(deps.secret))
      return { state, expiresAt }
    },
    async verify(state) {
      const options = { algorithms: [algorithm], audience, currentDate: new Date(deps.now()) }
      for (const secret of accepted) {
        const claims = Claims.safeParse((await jwtVerify(state, secret, options).catch(() => null))?.payload)
        if (claims.success) return { id: claims.data.jti, expiresAt: new Date(claims.data.exp * 1_000) }
      }
      throw new DeskbridgeError('install_link_invalid')
    },
  }
}
