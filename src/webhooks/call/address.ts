import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { type AddressRange, addressOf, isIn, rangeOf } from '../../platform/http/address.ts'

/** What of the own network may be called, and without encryption: the setting `webhooks.allow`. */
export interface Allowed {
  hosts: ReadonlySet<string>
  ranges: readonly AddressRange[]
}

export function readAllowed(entries: readonly string[]): Allowed {
  const hosts = entries.filter((entry) => rangeOf(entry) === null).map((host) => host.toLowerCase())
  return { hosts: new Set(hosts), ranges: entries.map(rangeOf).filter((range) => range !== null) }
}

/** What is wrong with the address of an endpoint, whatever its name resolves to. */
export type BadAddress = 'invalid_address' | 'not_https' | 'forbidden_address'
export type Target = { kind: 'fine'; url: URL } | { kind: 'bad'; why: BadAddress }

const mostCharacters = 2_000

/** What can be said of an endpoint's address without asking what its name resolves to; dialling asks that each time. */
export function readTarget(text: string, allowed: Allowed): Target {
  const url = text.length > mostCharacters ? null : URL.parse(text)
  if (!url || !isPlain(url)) return { kind: 'bad', why: 'invalid_address' }
  const literal = literalOf(url)
  if (url.protocol === 'http:' && !mayBeOwn(url, literal, allowed)) return { kind: 'bad', why: 'not_https' }
  if (literal !== null && !mayDial(literal, url, allowed)) return { kind: 'bad', why: 'forbidden_address' }
  return { kind: 'fine', url }
}

/** A name that ends in a dot is another name to TLS and to the list of what is allowed. */
const isPlain = ({ protocol, username, password, hostname }: URL): boolean =>
  (protocol === 'https:' || protocol === 'http:') && username === '' && password === '' && !hostname.endsWith('.')

/** The IP address that stands in place of a name. `URL` has read decimal, octal, hexadecimal and short forms by then. */
export function literalOf({ hostname }: URL): string | null {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
  return isIP(bare) === 0 ? null : bare
}

/** Of a name that is not listed, only its addresses can say whether it is in a range that is. */
const mayBeOwn = ({ hostname }: URL, literal: string | null, allowed: Allowed): boolean =>
  allowed.hosts.has(hostname) || (literal === null ? allowed.ranges.length > 0 : isListed(literal, allowed))

/** Whether a call to this target may be made to this address. */
export function mayDial(address: string, { protocol, hostname }: URL, allowed: Allowed): boolean {
  if (allowed.hosts.has(hostname) || isListed(address, allowed)) return true
  return protocol === 'https:' && isPublic(address)
}

function isListed(text: string, { ranges }: Allowed): boolean {
  const address = addressOf(text)
  return address !== null && ranges.some((range) => isIn(address, range))
}

const rangesOf = (entries: readonly string[]) => entries.map(rangeOf).filter((range) => range !== null)
/** All of IPv6 that is handed out. `ipaddr.js` calls `::127.0.0.1`, IPv4 in a form that nobody uses any more, unicast. */
const handedOut = rangesOf(['2000::/3'])
/** Looks public, and is every Azure machine's own host. */
const machinesOwn = rangesOf(['168.63.129.16'])

/** Of the internet, and nothing that carries an IPv4 address or is special in any other way. */
function isPublic(text: string): boolean {
  if (isIP(text) === 0 || text.includes('%')) return false
  const address = ipaddr.parse(text)
  if (address.range() !== 'unicast' || machinesOwn.some((range) => isIn(address, range))) return false
  return address.kind() === 'ipv4' || handedOut.some((range) => isIn(address, range))
}
