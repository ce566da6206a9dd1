import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { RandomBytes } from './ids.ts'

/** Secrets of others that we must be able to read again, such as keys and passwords of remotes: AES-256-GCM at rest. */
export interface SealedSecrets {
  /** `owner` names what it belongs to: sealed for one, it does not open for another. */
  seal(text: string, owner: string): string
  /** Throws for what was altered, or sealed with a secret that is no longer known. */
  open(sealed: string, owner: string): string
  /** Whether the secret of now sealed it; once all are, the previous one can go. */
  isCurrent(sealed: string): boolean
}

const version = 'v1'
const algorithm = 'aes-256-gcm'
const ivBytes = 12
const tagBytes = 16

interface SealingKey {
  id: string
  key: Buffer
}

const derive = (secret: string, purpose: string, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `deskbridge sealed secrets ${version}: ${purpose}`, bytes))

const keyOf = (secret: string): SealingKey => ({
  id: derive(secret, 'id', 6).toString('base64url'),
  key: derive(secret, 'key', 32),
})

/** Sealed: `v1.<key id>.<iv, tag and text in base64url>`. `previous` still opens while the secret is being changed. */
export function createSealedSecrets(
  secrets: { secret: string; previous?: string | undefined },
  random: RandomBytes = randomBytes,
): SealedSecrets {
  const current = keyOf(secrets.secret)
  const known = [current, ...(secrets.previous ? [keyOf(secrets.previous)] : [])]

  return {
    seal(text, owner) {
      const iv = random(ivBytes)
      const cipher = createCipheriv(algorithm, current.key, iv)
      cipher.setAAD(Buffer.from(owner))
      const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return `${version}.${current.id}.${Buffer.concat([iv, cipher.getAuthTag(), data]).toString('base64url')}`
    },
    open(sealed, owner) {
      const [of, id, text = ''] = sealed.split('.')
      const key = known.find((one) => one.id === id)
      if (of !== version || !key) throw new Error('sealed with a secret that is not known here')
      const bytes = Buffer.from(text, 'base64url')
      const decipher = createDecipheriv(algorithm, key.key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
      decipher.setAAD(Buffer.from(owner))
      decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
      return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8')
    },
    isCurrent: (sealed) => sealed.startsWith(`${version}.${current.id}.`),
  }
}
