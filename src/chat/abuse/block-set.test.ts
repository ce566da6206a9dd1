import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { expect, it } from 'vitest'
import { VisitorId } from '../../contract/ids.ts'
import { createBlockSet, type Rule, type Suspect } from './block-set.ts'

const visitor = VisitorId.parse(`vis_${'0'.repeat(24)}`)
const other = VisitorId.parse(`vis_${'1'.repeat(24)}`)
const rule = (target: Rule['target'], more: Partial<Rule> = {}): Rule => ({ target, inbox: null, until: null, ...more })
const address = (range: string, more: Partial<Rule> = {}) => rule({ kind: 'address', range }, more)
const email = (of: string) => rule({ kind: 'email', email: of })

const from = (who: Partial<Suspect>): Suspect => ({ inbox: 'shop', ...who })
const now = 1_000

it.each([
  ['the visitor', rule({ kind: 'visitor', visitor }), from({ visitor }), true],
  ['another visitor', rule({ kind: 'visitor', visitor }), from({ visitor: other }), false],
  ['the very address', address('1.2.3.4'), from({ ip: '1.2.3.4' }), true],
  ['an address in the range', address('1.2.0.0/15'), from({ ip: '1.3.255.1' }), true],
  ['an address beside the range', address('1.2.0.0/15'), from({ ip: '1.4.0.0' }), false],
  ['IPv4 in IPv6', address('1.2.3.0/24'), from({ ip: '::ffff:1.2.3.4' }), true],
  ['a range that is written as IPv4 in IPv6', address('::ffff:1.2.3.0/120'), from({ ip: '1.2.3.4' }), true],
  ['IPv6 in the range, spelt otherwise', address('2001:DB8::/33'), from({ ip: '2001:0db8:7fff:0::1' }), true],
  ['IPv6 beside the range', address('2001:db8::/33'), from({ ip: '2001:db8:8000::1' }), false],
  ['no address at all', address('1.2.3.4'), from({ ip: 'nonsense' }), false],
  ['the email in other letters', email('mallory@example.com'), from({ email: 'Mallory@Example.com' }), true],
  ['an email of the domain', email('*@example.com'), from({ email: 'a@b@EXAMPLE.com' }), true],
  ['an email of a domain above', email('*@example.com'), from({ email: 'a@mail.example.com' }), false],
  ['another inbox', address('1.2.3.4', { inbox: 'other' }), from({ ip: '1.2.3.4' }), false],
  ['its own inbox', address('1.2.3.4', { inbox: 'shop' }), from({ ip: '1.2.3.4' }), true],
  ['what is over', address('1.2.3.4', { until: now }), from({ ip: '1.2.3.4' }), false],
  ['what is not yet over', address('1.2.3.4', { until: now + 1 }), from({ ip: '1.2.3.4' }), true],
])('decides on %s', (_name, block, suspect, is) => {
  expect(createBlockSet([block]).blocks(suspect, now)).toBe(is)
})

it('blocks the addresses that lie in one of its ranges, and no others', () => {
  const v4 = fc.record({ ip: fc.ipV4(), bits: fc.integer({ min: 0, max: 32 }) })
  const v6 = fc.record({ ip: fc.ipV6(), bits: fc.integer({ min: 0, max: 128 }) })
  fc.assert(
    fc.property(fc.array(fc.oneof(v4, v6), { maxLength: 20 }), fc.oneof(fc.ipV4(), fc.ipV6()), (ranges, ip) => {
      const set = createBlockSet(ranges.map(({ ip: base, bits }) => address(`${base}/${bits}`)))
      const mapped = (text: string) => ipaddr.process(text)
      const expected = ranges.some(({ ip: base, bits }) => {
        const inV4 = mapped(base).kind() === 'ipv4' && base.includes(':') ? bits - 96 : bits
        return inV4 >= 0 && mapped(base).kind() === mapped(ip).kind() && mapped(ip).match([mapped(base), inV4] as never)
      })
      expect(set.blocks(from({ ip }), now)).toBe(expected)
    }),
  )
})

it('asks as much of ten thousand ranges as of ten', () => {
  const ranges = Array.from({ length: 10_000 }, (_, n) => address(`10.${n >> 8}.${n & 255}.0/${24 + (n % 9)}`))
  const set = createBlockSet(ranges)
  const started = performance.now()
  for (let n = 0; n < 20_000; n += 1) set.blocks(from({ ip: '192.0.2.1' }), now)
  expect(performance.now() - started).toBeLessThan(4_000)
})
