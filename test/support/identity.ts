import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { adminKey, type TestChat } from './chat.ts'

type SigningKey = Parameters<SignJWT['sign']>[0]
export interface Key {
  kid: string
  alg: string
  key: SigningKey
}
export interface SecretKey extends Key {
  secret: string
}

export const keysOf = (inbox: string) => `/api/admin/inboxes/${inbox}/identity-keys`
export const bytes = (text: string) => new TextEncoder().encode(text)
/** Seconds, as in tokens. */
export const now = () => Math.floor(Date.now() / 1_000)

type Claims = { [C in keyof JWTPayload]: JWTPayload[C] | undefined }

/** A token of the site's backend, right in all but what is named. `undefined` leaves a claim out. */
export function signed({ kid, alg, key }: Key, claims: Claims = {}, header: object = {}) {
  const all = { sub: 'customer-1', aud: 'default', iat: now(), exp: now() + 300, ...claims }
  const said = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
  return new SignJWT(said).setProtectedHeader({ alg, kid, ...header }).sign(key, { crit: { x: true } })
}

export const refusal = ({ status, body }: { status: number; body: { error?: { code: string } } }) => [
  status,
  body.error?.code,
]

/** A site whose backend proves who its customers are. */
export function aSite(chat: TestChat) {
  const create = async (inbox: string, body: object) =>
    (await chat.call('POST', keysOf(inbox), { token: adminKey, body })).body
  return {
    async secretKey(inbox = 'default', more: object = {}): Promise<SecretKey> {
      const { kid, secret } = await create(inbox, { algorithm: 'HS256', ...more })
      return { kid, alg: 'HS256', key: bytes(secret), secret }
    },
    async keyPair(algorithm: 'RS256' | 'EdDSA', form: 'pem' | 'jwk'): Promise<Key & { pem: string }> {
      const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true })
      const pem = await exportSPKI(publicKey)
      const given = form === 'pem' ? pem : { ...(await exportJWK(publicKey)) }
      const { kid } = await create('default', { algorithm, publicKey: given })
      return { kid, alg: algorithm, key: privateKey, pem }
    },
    start: (body: object, token?: string) => chat.call('POST', '/api/chat/sessions', { body, token }),
    show: async (sessionId: string, token: string) =>
      (await chat.call('GET', `/api/chat/sessions/${sessionId}`, { token })).body,
    identify: (sessionId: string, token: string, identityToken: string) =>
      chat.call('POST', `/api/chat/sessions/${sessionId}/identify`, { token, body: { identityToken } }),
  }
}
