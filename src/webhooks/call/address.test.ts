import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mayDial, readAllowed, readTarget } from './address.ts'

const nothing = readAllowed([])
const own = readAllowed(['hooks.internal', '10.1.0.0/16', 'fd00:1::/32', '127.0.0.1'])

it.each([
  ['this machine', '127.0.0.1'],
  ['decimal', '2130706433'],
  ['octal', '0177.0.0.1'],
  ['octal in two parts', '0300.0250.1'],
  ['hexadecimal', '0x7f.0.0.1'],
  ['hexadecimal in one', '0x7f000001'],
  ['short', '127.1'],
  ['zero', '0'],
  ['unspecified', '0.0.0.0'],
  ['a dot at the end', '127.0.0.1.'],
  ['wide digits', '１２７.0.0.1'],
  ['digits in circles', '①②⑦.⓪.⓪.①'],
  ['a wide dot', '127。0.0.1'],
  ['escaped', '%31%32%37.0.0.1'],
  ['a tab within', '127.0.\t0.1'],
  ['private', '10.0.0.1'],
  ['private', '172.31.255.255'],
  ['private', '192.168.1.1'],
  ['behind the provider', '100.64.0.1'],
  ['link-local', '169.254.1.1'],
  ['metadata', '169.254.169.254'],
  ['metadata of Alibaba', '100.100.100.200'],
  ['metadata of Oracle', '192.0.0.192'],
  ['metadata of Azure', '168.63.129.16'],
  ['metadata of Amazon in IPv6', '[fd00:ec2::254]'],
  ['multicast', '224.0.0.1'],
  ['reserved', '240.0.0.1'],
  ['broadcast', '255.255.255.255'],
  ['documentation', '203.0.113.7'],
  ['benchmarking', '198.18.0.1'],
  ['6to4 relay', '192.88.99.1'],
  ['unspecified', '[::]'],
  ['loopback', '[::1]'],
  ['mapped', '[::ffff:127.0.0.1]'],
  ['mapped in hexadecimal', '[::ffff:7f00:1]'],
  ['a public one, mapped', '[::ffff:8.8.8.8]'],
  ['compatible', '[::127.0.0.1]'],
  ['translated', '[::ffff:0:7f00:1]'],
  ['NAT64', '[64:ff9b::7f00:1]'],
  ['NAT64 of an own network', '[64:ff9b:1::7f00:1]'],
  ['6to4', '[2002:7f00:1::]'],
  ['Teredo', '[2001:0:4136:e378:8000:63bf:80ff:fffe]'],
  ['unique local', '[fc00::1]'],
  ['link-local', '[fe80::1]'],
  ['site-local', '[fec0::1]'],
  ['multicast', '[ff02::1]'],
  ['documentation', '[2001:db8::1]'],
  ['discard', '[100::1]'],
  ['segment routing', '[5f00::1]'],
])('dials nowhere for %s: %s', (_what, host) => {
  expect(readTarget(`https://${host}/hook`, nothing)).toEqual({ kind: 'bad', why: 'forbidden_address' })
})

it.each([
  ['a zone', 'https://[fe80::1%25eth0]/'],
  ['a bare zone', 'https://[fe80::1%eth0]/'],
  ['somebody else’s name in front', 'https://hooks.example@127.0.0.1/'],
  ['a password', 'https://user:password@hooks.example/'],
  ['a name that ends in a dot', 'https://hooks.example./'],
  ['no IPv4', 'https://256.256.256.256/'],
  ['no host', 'https://'],
  ['another protocol', 'ftp://hooks.example/'],
  ['a file', 'file:///etc/passwd'],
  ['a script', 'javascript:alert(1)'],
  ['nonsense', 'hooks.example/hook'],
  ['a port that is none', 'https://hooks.example:70000/'],
  ['an endless one', `https://hooks.example/${'x'.repeat(2_000)}`],
])('takes no address with %s', (_what, text) => {
  expect(readTarget(text, own)).toEqual({ kind: 'bad', why: 'invalid_address' })
})

it.each([
  ['a name', 'http://hooks.example/', nothing],
  ['an address', 'http://8.8.8.8/', nothing],
  ['an address beside what is allowed', 'http://10.2.0.1/', own],
])('wants https of %s', (_what, text, allowed) => {
  expect(readTarget(text, allowed)).toEqual({ kind: 'bad', why: 'not_https' })
})

it.each([
  ['a name', 'https://hooks.example/a?b=c', nothing],
  ['another port', 'https://hooks.example:8443/', nothing],
  ['letters of all languages', 'https://bücher.example/', nothing],
  ['a public address', 'https://8.8.8.8/', nothing],
  ['a public address of IPv6', 'https://[2606:4700:4700::1111]/', nothing],
  ['a host of the own network', 'http://HOOKS.internal:8080/', own],
  ['a host of the own network, encrypted', 'https://hooks.internal/', own],
  ['an address in the range', 'http://10.1.2.3/', own],
  ['an address in the range, mapped', 'http://[::ffff:10.1.2.3]/', own],
  ['an address in the range of IPv6', 'https://[fd00:1::5]/', own],
  ['the very address', 'http://127.0.0.1:9000/', own],
  ['a name that may be in the range', 'http://hooks.example/', own],
])('takes %s', (_what, text, allowed) => {
  expect(readTarget(text, allowed)).toEqual({ kind: 'fine', url: new URL(text) })
})

it.each([
  ['a public address', '93.184.216.34', 'https://hooks.example', true],
  ['a public address without encryption', '93.184.216.34', 'http://hooks.example', false],
  ['a private address', '192.168.0.1', 'https://hooks.example', false],
  ['an address in the range', '10.1.0.1', 'https://hooks.example', true],
  ['an address in the range without encryption', '10.1.0.1', 'http://hooks.example', true],
  ['whatever a listed host has', '192.168.0.1', 'http://hooks.internal', true],
  ['an address with a zone', '2606:4700::1111%eth0', 'https://hooks.example', false],
  ['no address', 'hooks.internal', 'https://hooks.example', false],
])('decides on %s of a name', (_what, address, url, may) => {
  expect(mayDial(address, new URL(url), own)).toBe(may)
})

it('dials no IPv4 address in the clothes of an IPv6 one, and none that is not the internet’s', () => {
  const url = new URL('https://hooks.example')
  fc.assert(
    fc.property(fc.ipV4(), (ip) => {
      const [a, b, c, d] = ip.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))
      const dressed = [`::ffff:${ip}`, `::${ip}`, `64:ff9b::${ip}`, `2002:${a}${b}:${c}${d}::1`]
      expect(dressed.filter((address) => mayDial(address, url, nothing))).toEqual([])
    }),
  )
  fc.assert(
    fc.property(fc.ipV6(), (ip) => {
      fc.pre(!/^[23]/.test(new URL(`https://[${ip}]`).hostname.slice(1)))
      expect(mayDial(ip, url, nothing)).toBe(false)
    }),
  )
})
