import { z } from 'zod'
import { Password, ShownAgent } from './agent.ts'

/** How long a typed password may be at all: what is longer is refused before it costs a hash. */
const typed = z
  .string()
  .min(1)
  .max(Password.maxLength ?? 128)

export const SignInBody = z.strictObject({ email: z.email().max(320), password: typed })

/** Where the browser goes afterwards: a path of the service. A refusal comes as `?error=` there. */
export const ProviderBody = z.strictObject({
  returnTo: z
    .string()
    .max(500)
    .regex(/^\/(?![/\\])[^\s\\]*$/, 'must be a path such as /console')
    .default('/'),
})

export const ChangePasswordBody = z.strictObject({ current: typed, password: Password })

export const TakeInvitationBody = z.strictObject({ token: z.string().min(1).max(200), password: Password })

export const SetPasswordBody = z.strictObject({ password: Password })

/** What there is to sign in with. `provider`: its name on the button, null without one. `isFirstStart`: no administrator has an account yet. */
export const WaysToSignIn = z.object({
  password: z.literal(true),
  provider: z.string().nullable(),
  isFirstStart: z.boolean(),
})
export type WaysToSignIn = z.infer<typeof WaysToSignIn>

export const SignedInAgent = ShownAgent.pick({ id: true, name: true, role: true, inboxes: true })
export type SignedInAgent = z.infer<typeof SignedInAgent>
export const SignedIn = z.object({ agent: SignedInAgent })
export type SignedIn = z.infer<typeof SignedIn>

/** A browser that is signed in. */
export const SignInSession = z.object({
  id: z.string(),
  /** The one that asks. */
  current: z.boolean(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
})
export type SignInSession = z.infer<typeof SignInSession>

export const SignInSessions = z.object({ sessions: z.array(SignInSession) })

/** For the socket and for requests, from a session; ask for another before it expires. */
export const SessionToken = z.object({ token: z.string(), expiresAt: z.iso.datetime() })
export type SessionToken = z.infer<typeof SessionToken>
