import { Resolver } from 'node:dns/promises'
import { expect, it } from 'vitest'
import { readAllowed } from './address.ts'
import { createResolve } from './resolve.ts'

/** A DNS that knows these addresses, and only of one kind where the other is missing. */
class Known extends Resolver {
  readonly asked: string[] = []
  readonly known: { ipv4?: string[]; ipv6?: string[] }
  constructor(known: { ipv4?: string[]; ipv6?: string[] }) {
    super()
    this.known = known
  }
  override resolve4 = (async (name: string) => this.answer(name, this.known.ipv4)) as Resolver['resolve4']
  override resolve6 = (async (name: string) => this.answer(name, this.known.ipv6)) as Resolver['resolve6']

  private answer(name: string, addresses: string[] | undefined): string[] {
    this.asked.push(name)
    if (!addresses) throw Object.assign(new Error(`no ${name}`), { code: 'ENOTFOUND' })
    return addresses
  }
}

it.each([
  ['both', { ipv4: ['93.184.216.34'], ipv6: ['2606:4700::1'] }, ['93.184.216.34', '2606:4700::1']],
  ['IPv4', { ipv4: ['93.184.216.34'] }, ['93.184.216.34']],
  ['IPv6', { ipv6: ['2606:4700::1'] }, ['2606:4700::1']],
])('asks the DNS for a name that has %s', async (_what, known, addresses) => {
  expect(await createResolve(readAllowed([]), new Known(known))('hooks.example')).toEqual(addresses)
})

it('rejects for a name without addresses', async () => {
  const resolving = createResolve(readAllowed([]), new Known({}))('hooks.example')
  await expect(resolving).rejects.toMatchObject({ code: 'ENOTFOUND' })
})

it('looks up a name of the own network as the machine does', async () => {
  const dns = new Known({})
  expect(await createResolve(readAllowed(['localhost']), dns)('localhost')).toContain('127.0.0.1')
  expect(dns.asked).toEqual([])
})
