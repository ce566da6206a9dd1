import { lookup, Resolver } from 'node:dns/promises'
import type { Allowed } from './address.ts'

/** The addresses of a name, in the order in which they are tried. Rejects for a name that has none. */
export type Resolve = (hostname: string) => Promise<string[]>

/** Each server is asked so often, for so long. ms */
const patience = { timeout: 2_000, tries: 2 }

/**
 * A name of the own network is looked up as the machine does, by its files and search domains. All others are asked of
 * the DNS itself: the machine's way holds one of a few threads, and names that nobody answers for would hold all of them.
 */
export function createResolve(allowed: Allowed, resolver = new Resolver(patience)): Resolve {
  return async (hostname) => (allowed.hosts.has(hostname) ? ofMachine(hostname) : ofDns(resolver, hostname))
}

const ofMachine: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true, order: 'ipv4first' })).map(({ address }) => address)

async function ofDns(resolver: Resolver, hostname: string): Promise<string[]> {
  const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)])
  const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
  const [ipv4] = answers
  if (addresses.length === 0 && ipv4.status === 'rejected') throw ipv4.reason
  return addresses
}
