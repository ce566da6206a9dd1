import type { BadAddress } from './address.ts'
import { ForbiddenAddress, NameNotResolved } from './dial.ts'

/** Why there is no answer. */
export type Unreachable =
  | BadAddress
  | 'dns'
  | 'refused'
  | 'unroutable'
  | 'reset'
  | 'tls'
  | 'timeout'
  /** What came is no HTTP, or more of it than is read. */
  | 'invalid_answer'
  /** This process stops; it says nothing about the remote. */
  | 'stopped'
  | 'other'

/** The reason with which a call is ended from here. */
export class Cut extends Error {
  override name = 'Cut'
  readonly why: 'timeout' | 'stopped'

  constructor(why: 'timeout' | 'stopped') {
    super(why)
    this.why = why
  }
}

/** The connection is over without an error, as after an answer that asks for another protocol. */
export class NoAnswer extends Error {
  override name = 'NoAnswer'
}

const byCode: Readonly<Record<string, Unreachable>> = {
  ETIMEDOUT: 'timeout',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unroutable',
  ENETUNREACH: 'unroutable',
  EHOSTDOWN: 'unroutable',
  ENETDOWN: 'unroutable',
  EADDRNOTAVAIL: 'unroutable',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  EPROTO: 'tls',
  HOSTNAME_MISMATCH: 'tls',
}

/** The families of codes that OpenSSL's verdicts, Node's TLS and the HTTP parser have. */
const byBeginning: readonly (readonly [string, Unreachable])[] = [
  ['HPE_', 'invalid_answer'],
  ['ERR_TLS_', 'tls'],
  ['ERR_SSL_', 'tls'],
  ['CERT_', 'tls'],
  ['CRL_', 'tls'],
  ['UNABLE_TO_', 'tls'],
  ['ERROR_IN_CERT_', 'tls'],
  ['INVALID_CA', 'tls'],
  ['INVALID_PURPOSE', 'tls'],
  ['PATH_LENGTH_', 'tls'],
  ['DEPTH_ZERO_', 'tls'],
  ['SELF_SIGNED_', 'tls'],
]

/** What several addresses failed with is told by the first that says something. */
export function whyOf(error: unknown): Unreachable {
  if (error instanceof Cut) return error.why
  if (error instanceof ForbiddenAddress) return 'forbidden_address'
  if (error instanceof NameNotResolved) return 'dns'
  if (error instanceof NoAnswer) return 'invalid_answer'
  if (typeof error !== 'object' || error === null) return 'other'
  const own = 'code' in error && typeof error.code === 'string' ? ofCode(error.code) : 'other'
  if (own !== 'other' || !('errors' in error) || !Array.isArray(error.errors)) return own
  return error.errors.map(whyOf).find((why) => why !== 'other') ?? 'other'
}

const ofCode = (code: string): Unreachable =>
  byCode[code] ?? byBeginning.find(([beginning]) => code.startsWith(beginning))?.[1] ?? 'other'
