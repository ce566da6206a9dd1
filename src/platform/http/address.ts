import { isIPv4 } from 'node:net'
import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** Addresses that begin with the same `bits` bits. */
export interface AddressRange {
  address: Address
  bits: number
}

/** IPv4 in IPv6 is IPv4; the zone of a link-local address says nothing to others. */
export function addressOf(text: string): Address | null {
  const [plain = ''] = text.trim().split('%')
  // Of the forms that `ipaddr.js` takes, `010.1` and the like mean one thing here and another elsewhere.
  if (isIPv4(plain)) return ipaddr.IPv4.parse(plain)
  return ipaddr.IPv6.isValid(plain) ? ipaddr.process(plain) : null
}

/** `10.0.0.0/8`, `2001:db8::/32`, or one address. `null`: neither. */
export function rangeOf(text: string): AddressRange | null {
  const [base = '', length, ...rest] = text.trim().split('/')
  const given = addressOf(base)
  if (!given || rest.length > 0) return null
  const most = bitsOf(given)
  if (length === undefined) return { address: given, bits: most }
  // The length of a mapped range counts the 96 bits before the IPv4 address as well.
  const before = most === 32 && base.includes(':') ? 96 : 0
  const bits = /^\d{1,3}$/.test(length) ? Number(length) - before : -1
  return bits >= 0 && bits <= most ? { address: given, bits } : null
}

export const isIn = (address: Address, range: AddressRange): boolean =>
  address.kind() === range.address.kind() && address.match(range.address, range.bits)

export const bitsOf = (address: Address): 32 | 128 => (address.kind() === 'ipv4' ? 32 : 128)

const hostCharacters = /^[A-Za-z0-9._-]{1,253}$/

/** A name as `URL` has it: no address in any of its forms, no port, no dot at its end. */
export function isHostName(text: string): boolean {
  const { hostname } = URL.parse(`https://${text}/`) ?? {}
  return hostCharacters.test(text) && hostname === text.toLowerCase() && !text.endsWith('.') && addressOf(text) === null
}

/** The range with its first address, in one spelling: equal texts for equal ranges. */
export function prefixOf(address: Address, bits: number): string {
  const bytes = address.toByteArray().map((byte, index) => byte & mask(bits - 8 * index))
  return `${ipaddr.fromByteArray(bytes).toString()}/${bits}`
}

const mask = (bits: number): number => (bits <= 0 ? 0 : bits >= 8 ? 0xff : (0xff << (8 - bits)) & 0xff)

/** Whom an address stands for in a count: one IPv6 customer has a /64, and as many addresses as they like in it. */
export function customerOf(text: string): string {
  const address = addressOf(text)
  if (!address) return text
  return address.kind() === 'ipv4' ? address.toString() : prefixOf(address, 64)
}
