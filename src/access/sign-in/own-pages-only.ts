import type { MiddlewareHandler } from 'hono'
import { DeskbridgeError } from '../../contract/errors.ts'

/**
 * A cookie goes along with whatever a browser is made to send: what changes something must come from a page of ours. A
 * request without an origin and without a cookie comes from no browser and acts for nobody.
 */
export const ownPagesOnly =
  (ownOrigin: string): MiddlewareHandler =>
  async (c, next) => {
    const origin = c.req.header('origin')
    const isOurs = origin === ownOrigin || (origin === undefined && c.req.header('cookie') === undefined)
    if (c.req.method !== 'GET' && !isOurs) throw new DeskbridgeError('forbidden')
    c.header('cache-control', 'no-store')
    await next()
  }
