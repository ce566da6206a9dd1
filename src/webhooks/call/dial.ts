import type { LookupAddress } from 'node:dns'
import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type RequestOptions } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { isIPv6, type LookupFunction } from 'node:net'
import { type Allowed, literalOf, mayDial } from './address.ts'
import type { Resolve } from './resolve.ts'

/** All addresses of a name, or the one in its place, are such as may not be dialled. */
export class ForbiddenAddress extends Error {
  override name = 'ForbiddenAddress'
}

export class NameNotResolved extends Error {
  override name = 'NameNotResolved'
}

export interface Dialler {
  /** Begins a request, over a connection to an address that was checked when it was dialled. Throws `ForbiddenAddress`. */
  request(url: URL, options: RequestOptions): ClientRequest
  /** Ends every connection. */
  close(): void
}

/** As many as an endpoint is called at once: its next calls find the connections of those before. */
const mostIdle = 10
const idleMs = 30_000
/** Of a name's addresses so many are tried, each of them so long before the next. */
const mostAddresses = 4
const eachMs = 2_500

const pool = {
  keepAlive: true,
  maxFreeSockets: mostIdle,
  timeout: idleMs,
  // With it all addresses are asked for, and each is tried.
  autoSelectFamily: true,
  autoSelectFamilyAttemptTimeout: eachMs,
}

interface DialDeps {
  allowed: Allowed
  resolve: Resolve
}

/** The only way out for webhooks. What is checked is the very list that is dialled, so that DNS has no second word. */
export function createDialler(deps: DialDeps): Dialler {
  const http = new HttpAgent(pool)
  // Whatever the environment says of certificates that nobody checks.
  const https = new HttpsAgent({ ...pool, rejectUnauthorized: true })

  return {
    request(url, options) {
      const literal = literalOf(url)
      // Nothing is looked up for it.
      if (literal !== null && !mayDial(literal, url, deps.allowed))
        throw new ForbiddenAddress(`${literal} may not be called`)
      const dialled = { ...options, lookup: lookupFor(url, deps) }
      return url.protocol === 'https:'
        ? httpsRequest(url, { ...dialled, agent: https })
        : httpRequest(url, { ...dialled, agent: http })
    },
    close() {
      http.destroy()
      https.destroy()
    },
  }
}

const lookupFor =
  (url: URL, deps: DialDeps): LookupFunction =>
  (_hostname, _options, done) => {
    goodAddresses(url, deps).then(
      (addresses) => done(null, addresses),
      (error: Error) => done(error, []),
    )
  }

async function goodAddresses(url: URL, { allowed, resolve }: DialDeps): Promise<LookupAddress[]> {
  const addresses = await resolve(url.hostname).catch((cause: unknown) => {
    throw new NameNotResolved(`${url.hostname} has no address`, { cause })
  })
  const good = addresses.filter((address) => mayDial(address, url, allowed))
  if (good.length === 0) throw new ForbiddenAddress(`${url.hostname} is nowhere that may be called`)
  return good.slice(0, mostAddresses).map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }))
}
