import fc from 'fast-check'
import { expect, it } from 'vitest'
import { customerOf } from './address.ts'
import { clientIpOf } from './client-ip.ts'

const own = ['10.0.0.0/8', '2001:db8:ffff::/48']

it.each([
  { name: 'nobody is trusted', peer: '203.0.113.9', forwarded: '1.1.1.1', trusted: 0, is: '203.0.113.9' },
  { name: 'one proxy appended', peer: '10.0.0.1', forwarded: '9.9.9.9, 1.1.1.1', trusted: 1, is: '1.1.1.1' },
  {
    name: 'two proxies appended',
    peer: '10.0.0.1',
    forwarded: '9.9.9.9, 1.1.1.1, 10.0.0.2',
    trusted: 2,
    is: '1.1.1.1',
  },
  { name: 'a request came past the proxies', peer: '203.0.113.9', forwarded: undefined, trusted: 2, is: '203.0.113.9' },
  { name: 'a stranger is connected', peer: '203.0.113.9', forwarded: '1.1.1.1', trusted: own, is: '203.0.113.9' },
  { name: 'a known proxy appended', peer: '10.0.0.1', forwarded: '9.9.9.9, 1.1.1.1', trusted: own, is: '1.1.1.1' },
  {
    name: 'a chain of them',
    peer: '10.0.0.1',
    forwarded: '9.9.9.9, 1.1.1.1, 10.0.0.2, 10.0.0.3',
    trusted: own,
    is: '1.1.1.1',
  },
  {
    name: 'a visitor claims a proxy’s address',
    peer: '10.0.0.1',
    forwarded: '10.6.6.6, 1.1.1.1',
    trusted: own,
    is: '1.1.1.1',
  },
  { name: 'the peer is IPv4 in IPv6', peer: '::ffff:10.0.0.1', forwarded: '1.1.1.1', trusted: own, is: '1.1.1.1' },
  {
    name: 'the proxy speaks IPv6',
    peer: '2001:db8:ffff::7',
    forwarded: '[2001:db8::1]:4711',
    trusted: own,
    is: '2001:db8::1',
  },
  { name: 'a port is told', peer: '10.0.0.1', forwarded: '1.1.1.1:4711', trusted: own, is: '1.1.1.1' },
  { name: 'words are forwarded', peer: '10.0.0.1', forwarded: '1.1.1.1, <script>', trusted: own, is: '10.0.0.1' },
  {
    name: 'only proxies are in the row',
    peer: '10.0.0.1',
    forwarded: '10.0.0.3, 10.0.0.2',
    trusted: own,
    is: '10.0.0.3',
  },
])('tells who asks when $name', ({ peer, forwarded, trusted, is }) => {
  expect(clientIpOf(peer, forwarded, trusted)).toBe(is)
})

it('believes nothing that a visitor writes before what our proxies wrote', () => {
  const claim = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string(), fc.constantFrom('10.1.2.3', '127.0.0.1', ''))
  fc.assert(
    fc.property(fc.array(claim, { maxLength: 5 }), (claims) => {
      const forwarded = [...claims, '198.51.100.7'].join(', ')
      expect(clientIpOf('10.0.0.1', forwarded, own)).toBe('198.51.100.7')
      expect(clientIpOf('10.0.0.1', forwarded, 1)).toBe('198.51.100.7')
      expect(clientIpOf('198.51.100.7', forwarded, own)).toBe('198.51.100.7')
    }),
  )
})

it('counts the addresses of one IPv6 network as one customer', () => {
  const texts = ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:db8:1:3::1', '::ffff:1.2.3.4', '1.2.3.4']
  expect(texts.map(customerOf)).toEqual([
    '2001:db8:1:2::/64',
    '2001:db8:1:2::/64',
    '2001:db8:1:3::/64',
    '1.2.3.4',
    '1.2.3.4',
  ])
})
