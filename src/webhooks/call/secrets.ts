import { createPublicKey } from 'node:crypto'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { RandomBytes } from '../../platform/ids.ts'
import type { SealedSecrets } from '../../platform/sealed-secrets.ts'
import { privateKeyOf, type Scheme, type SigningKey, seedBytes, signingKeyOf } from './sign.ts'

/** Shown once, when it is made; the public key may be shown at any time. */
export interface NewSecret {
  secret: string
  publicKey: string | null
}

/** A secret of an endpoint as it is stored. Times in epoch ms. */
export interface HeldSecret {
  id: string
  sealed: string
  publicKey: string | null
  createdAt: number
  /** `null`: until another one takes its place. */
  until: number | null
}

/** Each one adds a signature to every call. */
export const mostInForce = 4

export function makeSecret(scheme: Scheme, random: RandomBytes): NewSecret {
  const bytes = Buffer.from(random(seedBytes))
  switch (scheme) {
    case 'v1':
      return { secret: `whsec_${bytes.toString('base64')}`, publicKey: null }
    case 'v1a': {
      const publicKey = publicKeyOf(bytes)
      return {
        secret: `whsk_${Buffer.concat([bytes, publicKey]).toString('base64')}`,
        publicKey: `whpk_${publicKey.toString('base64')}`,
      }
    }
  }
}

/** The raw key is what SPKI ends with. */
const publicKeyOf = (seed: Uint8Array): Buffer =>
  createPublicKey(privateKeyOf(seed)).export({ format: 'der', type: 'spki' }).subarray(-seedBytes)

/** The newest first, which is how they sign. */
export const inForce = (held: readonly HeldSecret[], now: number): HeldSecret[] =>
  held.filter(({ until }) => until === null || until > now)

/**
 * `next` in the place of the one before, which goes on signing for `overlapMs` so that receivers can change over. Throws
 * `too_many` while there are as many in force as may be.
 */
export function rotate(
  held: readonly HeldSecret[],
  next: HeldSecret,
  { now, overlapMs }: { now: number; overlapMs: number },
): HeldSecret[] {
  const ending = held.map((one) => (one.until === null ? { ...one, until: now + overlapMs } : one))
  const left = inForce(ending, now)
  if (left.length >= mostInForce) throw new DeskbridgeError('too_many', { details: { most: mostInForce } })
  return [next, ...left]
}

const ownerOf = (endpoint: string, id: string) => `webhook-secret:${endpoint}/${id}`

export const sealSecret = (
  sealing: SealedSecrets,
  endpoint: string,
  made: NewSecret,
  { id, now }: { id: string; now: number },
): HeldSecret => ({
  id,
  sealed: sealing.seal(made.secret, ownerOf(endpoint, id)),
  publicKey: made.publicKey,
  createdAt: now,
  until: null,
})

/** What a call at this time is signed with. */
export const signingKeys = (
  sealing: SealedSecrets,
  endpoint: string,
  held: readonly HeldSecret[],
  now: number,
): SigningKey[] => inForce(held, now).map(({ id, sealed }) => signingKeyOf(sealing.open(sealed, ownerOf(endpoint, id))))

/** Seals again what the installation's secret before has sealed. */
export const resealSecret = (sealing: SealedSecrets, endpoint: string, one: HeldSecret): HeldSecret => {
  if (sealing.isCurrent(one.sealed)) return one
  const owner = ownerOf(endpoint, one.id)
  return { ...one, sealed: sealing.seal(sealing.open(one.sealed, owner), owner) }
}
