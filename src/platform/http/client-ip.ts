import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/**
 * The address that a request came from. Of X-Forwarded-For only what our own proxies wrote is believed: each of them
 * appends the address it was called from, so with n proxies it is the n-th from the end.
 */
export function clientIp(c: Context, trustedProxies: number): string | undefined {
  const peer = getConnInfo(c).remote.address
  if (trustedProxies === 0) return peer
  const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').map((part) => part.trim())
  const claimed = forwarded.at(-trustedProxies)
  return claimed ? claimed : peer
}
