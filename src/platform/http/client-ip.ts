import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import { addressOf, isIn, rangeOf } from './address.ts'

/** How many proxies stand before the service, or the ranges in which they are. */
export type TrustedProxies = number | readonly string[]

/** The address that a request came from. */
export const clientIp = (c: Context, trusted: TrustedProxies): string | undefined =>
  clientIpOf(getConnInfo(c).remote.address, c.req.header('x-forwarded-for'), trusted)

/**
 * Of X-Forwarded-For only what our own proxies wrote is believed: each of them appends the address it was called from. So
 * with n proxies it is the n-th from the end; with ranges, the first from the end that is not a proxy's. What is no
 * address, such as a caller's own words, ends the row: the proxy that passed it on is the last that is known.
 */
export function clientIpOf(
  peer: string | undefined,
  forwarded: string | undefined,
  trusted: TrustedProxies,
): string | undefined {
  const first = peer === undefined ? undefined : plain(peer)
  const isProxy = proxies(trusted)
  let known = first
  for (const [index, hop] of (forwarded ?? '').split(',').reverse().entries()) {
    if (known === undefined || !isProxy(known, index)) return known
    const before = plain(withoutPort(hop.trim()))
    if (before === undefined) return known
    known = before
  }
  return known
}

/** Whether the caller this far from us is one of the proxies, 0 being who is connected. */
function proxies(trusted: TrustedProxies): (address: string, hop: number) => boolean {
  if (typeof trusted === 'number') return (_address, hop) => hop < trusted
  const ranges = trusted.map(rangeOf).filter((range) => range !== null)
  return (text) => {
    const address = addressOf(text)
    return address !== null && ranges.some((range) => isIn(address, range))
  }
}

const plain = (text: string): string | undefined => addressOf(text)?.toString()

/** Some proxies write `1.2.3.4:5678` and `[2001:db8::1]:5678`. */
const withoutPort = (hop: string): string =>
  /^\[(.+)\](?::\d+)?$/.exec(hop)?.[1] ?? /^([\d.]+):\d+$/.exec(hop)?.[1] ?? hop
