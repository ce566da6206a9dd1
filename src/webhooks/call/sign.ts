import { createHmac, createPrivateKey, createSecretKey, type KeyObject, sign as signWith } from 'node:crypto'

/** What a signature is over. The id stays over all attempts; `timestamp` is this attempt's, in epoch seconds. */
export interface Signable {
  id: string
  timestamp: number
  body: Uint8Array
}

/** The headers of Standard Webhooks. */
export interface SignatureHeaders {
  'webhook-id': string
  'webhook-timestamp': string
  'webhook-signature': string
}

/** A dot would let one id and timestamp be read as another. */
const plainId = /^[A-Za-z0-9_-]{1,200}$/

/** A shared secret for HMAC-SHA256, or a key pair of ed25519. */
export type Scheme = 'v1' | 'v1a'

/** A secret as it signs, made once for many calls: making it is half of what an HMAC costs. */
export interface SigningKey {
  scheme: Scheme
  key: KeyObject
}

/** One signature by each key, so that whoever knows any of them can verify the call while they are changed. */
export function sign({ id, timestamp, body }: Signable, keys: readonly SigningKey[]): SignatureHeaders {
  if (!plainId.test(id)) throw new Error('the id of a webhook has letters, digits, _ and - alone')
  if (keys.length === 0) throw new Error('a webhook is never sent unsigned')
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body])
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': keys.map((key) => `${key.scheme},${signatureOf(content, key)}`).join(' '),
  }
}

function signatureOf(content: Uint8Array, { scheme, key }: SigningKey): string {
  switch (scheme) {
    case 'v1':
      return createHmac('sha256', key).update(content).digest('base64')
    case 'v1a':
      return signWith(null, content, key).toString('base64')
  }
}

/** Throws for what is no secret, and never says what it was. */
export function signingKeyOf(secret: string): SigningKey {
  const [prefix, bytes] = readSecret(secret)
  switch (prefix) {
    case 'whsec':
      return { scheme: 'v1', key: createSecretKey(bytes) }
    case 'whsk':
      return { scheme: 'v1a', key: privateKeyOf(bytes.subarray(0, seedBytes)) }
  }
}

export const seedBytes = 32
/** What a key of Standard Webhooks may measure; `whsk_` holds the seed and the public key. */
const sizes = { whsec: { least: 24, most: 64 }, whsk: { least: 64, most: 64 } }

function readSecret(secret: string): ['whsec' | 'whsk', Buffer] {
  const prefix = secret.startsWith('whsec_') ? 'whsec' : secret.startsWith('whsk_') ? 'whsk' : null
  if (prefix === null) throw new Error('a webhook secret begins with whsec_ or whsk_')
  const bytes = Buffer.from(secret.slice(prefix.length + 1), 'base64')
  const { least, most } = sizes[prefix]
  if (bytes.length < least || bytes.length > most) throw new Error(`a ${prefix}_ secret has ${least} to ${most} bytes`)
  return [prefix, bytes]
}

/** PKCS #8 puts this before the 32 bytes of an ed25519 key (RFC 8410). */
const beforeSeed = Buffer.from('302e020100300506032b657004220420', 'hex')

export const privateKeyOf = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([beforeSeed, seed]), format: 'der', type: 'pkcs8' })
