import { exportJWK, importJWK, importSPKI } from 'jose'
import { z } from 'zod'
import { DeskbridgeError } from '../../contract/errors.ts'

/** What is kept of a public key: nothing of a private one can be among it. */
const PublicJwk = z.discriminatedUnion('kty', [
  z.object({ kty: z.literal('RSA'), n: z.string(), e: z.string() }),
  z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() }),
])
export type PublicJwk = z.infer<typeof PublicJwk>

const kinds = { RS256: 'RSA', EdDSA: 'OKP' } as const
const leastModulusBytes = 256

/** PEM (SPKI) or a JWK, as a public key of this algorithm. Throws `invalid_input`; a private key is never taken. */
export async function readPublicKey(
  algorithm: 'RS256' | 'EdDSA',
  given: string | Record<string, unknown>,
): Promise<PublicJwk> {
  if (typeof given === 'object' && 'd' in given) throw wrong('this is a private key; keep it, and give its public part')
  const jwk = await publicPart(algorithm, given).catch(() => null)
  if (!jwk || jwk.kty !== kinds[algorithm])
    throw wrong(`must be a public key for ${algorithm}: PEM that begins with BEGIN PUBLIC KEY, or a JWK`)
  if (jwk.kty === 'RSA' && Buffer.from(jwk.n, 'base64url').length < leastModulusBytes)
    throw wrong('must have 2,048 bits or more')
  return jwk
}

async function publicPart(algorithm: string, given: string | Record<string, unknown>): Promise<PublicJwk> {
  if (typeof given === 'string')
    return PublicJwk.parse(await exportJWK(await importSPKI(given.trim(), algorithm, { extractable: true })))
  const jwk = PublicJwk.parse(given)
  // Parts of the right names need not make a key.
  await importJWK(jwk, algorithm)
  return jwk
}

const wrong = (problem: string) => new DeskbridgeError('invalid_input', { details: [{ path: 'publicKey', problem }] })
