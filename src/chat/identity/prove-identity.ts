import { decodeProtectedHeader, errors, importJWK, type JWTPayload, jwtVerify } from 'jose'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { Attributes } from '../../contract/event.ts'
import { IdentityClaims } from '../../contract/identity.ts'
import type { CheckingKey, IdentityKeys } from './identity-keys.ts'

/** Who somebody is, by the word of the site's own backend. Text is as it signed it; what it did not say is absent. */
export interface Proof {
  externalId: string
  name?: string | undefined
  email?: string | undefined
  attributes?: Attributes | undefined
  /** Epoch ms. */
  until: number
}

export interface ProveDeps {
  keys: Pick<IdentityKeys, 'find' | 'used'>
  now(): number
}

/** Clocks differ by so much. */
const skewSeconds = 60
const mostSeconds = 24 * 3_600

/**
 * A JWT by a key of this inbox, which `kid` names, and by that key's own algorithm, whatever the header says; `aud` is
 * the inbox. It ends at most a day from now and began at most a day ago. Throws `identity_invalid` with the problem.
 */
export async function proveIdentity(deps: ProveDeps, inbox: string, token: string): Promise<Proof> {
  const kid = kidOf(token)
  const key = kid === undefined ? null : await deps.keys.find(inbox, kid)
  if (kid === undefined || !key) throw invalid('signed with a key that is not known here')
  const claims = IdentityClaims.safeParse(await payloadOf(deps, token, key, inbox))
  if (!claims.success) throw invalid(`claims of a wrong form: ${claims.error.issues.map(({ path }) => path.join('.'))}`)
  const { sub: externalId, exp, ...said } = claims.data
  if (exp > deps.now() / 1_000 + mostSeconds + skewSeconds) throw invalid('expires more than a day from now')
  await deps.keys.used(inbox, kid)
  return { externalId, ...said, until: exp * 1_000 }
}

function kidOf(token: string): string | undefined {
  try {
    const { kid } = decodeProtectedHeader(token)
    return typeof kid === 'string' ? kid : undefined
  } catch {
    throw invalid('is no signed JWT')
  }
}

async function payloadOf({ now }: ProveDeps, token: string, key: CheckingKey, inbox: string): Promise<JWTPayload> {
  const checking = key.algorithm === 'HS256' ? key.secret : await importJWK(key.publicKey, key.algorithm)
  try {
    const { payload } = await jwtVerify(token, checking, {
      algorithms: [key.algorithm],
      audience: inbox,
      currentDate: new Date(now()),
      clockTolerance: skewSeconds,
      maxTokenAge: mostSeconds,
      requiredClaims: ['sub', 'aud', 'exp', 'iat'],
    })
    return payload
  } catch (error) {
    throw invalid(problemOf(error), error)
  }
}

/** Says what to mend, and nothing that a forger would not know. */
function problemOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'expired, or older than a day'
  if (error instanceof errors.JWTClaimValidationFailed) return `the claim ${error.claim} is missing or not right`
  if (error instanceof errors.JOSEAlgNotAllowed) return 'signed with another algorithm than its key is for'
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'the signature does not match'
  return 'is no signed JWT'
}

const invalid = (problem: string, cause?: unknown) =>
  new DeskbridgeError('identity_invalid', { details: { problem }, cause })
