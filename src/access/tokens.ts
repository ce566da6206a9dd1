import { createHash, timingSafeEqual } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { Role } from '../contract/agent.ts'
import { DeskbridgeError } from '../contract/errors.ts'
import { AgentId, type PictureId, SessionId, VisitorId } from '../contract/ids.ts'

/**
 * What a token proves. A visitor's opens one session and nothing else; until `leadsUntil` (epoch ms) it also leads to that
 * visitor's others: one that came with a link in an email does not. An agent without `inboxes` sees all of them. `signIn`:
 * the session of the browser that it was made for; one that the administrator made has none.
 */
export type Identity =
  | {
      kind: 'visitor'
      id: VisitorId
      session: SessionId
      name?: string | undefined
      leadsUntil?: number | undefined
    }
  | {
      kind: 'agent'
      id: AgentId
      name: string
      role: Role
      inboxes: readonly string[]
      /** Not in the token: known of who is looked up. */
      picture?: PictureId | undefined
      signIn?: string | undefined
    }
export type AgentIdentity = Extract<Identity, { kind: 'agent' }>

const Visitor = z.object({
  aud: z.literal('visitor'),
  sub: VisitorId,
  session: SessionId,
  name: z.string().optional(),
  leads_until: z.number().optional(),
})
const Agent = z.object({
  aud: z.literal('agent'),
  sub: AgentId,
  name: z.string(),
  role: Role,
  inboxes: z.array(z.string()),
  signIn: z.string().optional(),
})

const algorithm = 'HS256'
const hourMs = 3_600_000
/** A visitor's token is good for so long. */
export const visitorLifetimeMs = 30 * 24 * hourMs
const agentLifetimeMs = hourMs
/** The browser asks for the next one by its session. */
export const signedInLifetimeMs = 600_000

export interface Tokens {
  forVisitor(visitor: Omit<Extract<Identity, { kind: 'visitor' }>, 'kind'>): Promise<string>
  forAgent(agent: Omit<AgentIdentity, 'kind'>): Promise<string>
  /** What was signed, whatever has become of it since: `Who` knows that. Throws `unauthorized`. `endedWithin`: ms */
  verify(token: string, options?: { endedWithin?: number }): Promise<Identity>
}

/** `previous` still opens what was signed with it while the secret is being changed. */
export function createTokens(secrets: { secret: string; previous?: string | undefined }, now: () => number): Tokens {
  const encode = (secret: string) => new TextEncoder().encode(secret)
  const current = encode(secrets.secret)
  const accepted = secrets.previous ? [current, encode(secrets.previous)] : [current]

  const sign = (claims: Record<string, unknown>, audience: string, subject: string, lifetimeMs: number) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: algorithm })
      .setAudience(audience)
      .setSubject(subject)
      .setIssuedAt(new Date(now()))
      .setExpirationTime(new Date(now() + lifetimeMs))
      .sign(current)

  const payloadOf = async (token: string, endedWithin: number): Promise<unknown> => {
    const options = { algorithms: [algorithm], currentDate: new Date(now()), clockTolerance: endedWithin / 1_000 }
    for (const secret of accepted) {
      try {
        return (await jwtVerify(token, secret, options)).payload
      } catch (error) {
        if (!(error instanceof errors.JWSSignatureVerificationFailed)) break
      }
    }
    throw new DeskbridgeError('unauthorized')
  }

  return {
    forVisitor: ({ id, session, name, leadsUntil }) =>
      sign(
        { session, ...(name && { name }), ...(leadsUntil && { leads_until: leadsUntil }) },
        'visitor',
        id,
        visitorLifetimeMs,
      ),
    forAgent: ({ id, name, role, inboxes, signIn }) =>
      sign(
        { name, role, inboxes, ...(signIn && { signIn }) },
        'agent',
        id,
        signIn ? signedInLifetimeMs : agentLifetimeMs,
      ),
    async verify(token, { endedWithin = 0 } = {}) {
      const payload = await payloadOf(token, endedWithin)
      const visitor = Visitor.safeParse(payload)
      if (visitor.success) {
        const { sub: id, session, name, leads_until: leadsUntil } = visitor.data
        return { kind: 'visitor', id, session, name, ...(leadsUntil && { leadsUntil }) }
      }
      const agent = Agent.safeParse(payload)
      if (agent.success) {
        const { sub: id, name, role, inboxes, signIn } = agent.data
        return { kind: 'agent', id, name, role, inboxes, ...(signIn && { signIn }) }
      }
      throw new DeskbridgeError('unauthorized')
    },
  }
}

/** Whether two secrets are the same, in a time that tells nothing about where they differ. */
export const sameSecret = (given: string, expected: string): boolean => {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
