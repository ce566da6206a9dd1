import { expect, it } from 'vitest'
import { EndpointHeaders } from '../../contract/webhook-headers.ts'
import { headersOf } from './headers.ts'

const pair = (name: string, value = 'x') => ({ name, value })

it('takes headers of an endpoint, in small letters', () => {
  expect(EndpointHeaders.parse([pair('Authorization', 'Bearer t'), pair('X-Tenant', '')])).toEqual([
    pair('authorization', 'Bearer t'),
    pair('x-tenant', ''),
  ])
})

it.each([
  ['ours', [pair('Webhook-Signature')]],
  ['ours', [pair('CONTENT-TYPE')]],
  ['the host', [pair('host')]],
  ['the length', [pair('Content-Length')]],
  ['one of the connection', [pair('Transfer-Encoding', 'chunked')]],
  ['one of the connection', [pair('Connection', 'authorization')]],
  ['one for a proxy', [pair('Proxy-Authorization')]],
  ['a second line in its value', [pair('x-a', 'b\r\nHost: evil')]],
  ['a second line in its name', [pair('x-a\r\nHost', 'evil')]],
  ['letters that HTTP does not know', [pair('x-a', 'Grüße')]],
  ['a name with a space', [pair('x a')]],
  ['no name', [pair('')]],
  ['a name of JavaScript', [pair('__proto__')]],
  ['the same name twice', [pair('x-a'), pair('X-A')]],
  ['too many', Array.from({ length: 21 }, (_, n) => pair(`x-${n}`))],
  ['a long value', [pair('x-a', 'x'.repeat(2_001))]],
])('refuses %s', (_what, headers) => {
  expect(EndpointHeaders.safeParse(headers).success).toBe(false)
})

it('lets nothing that is stored take the place of what a call says itself', () => {
  const stored = [pair('x-a', '1'), pair('host', 'evil'), pair('webhook-id', 'evil'), pair('user-agent', 'evil')]
  expect(headersOf(stored as unknown as EndpointHeaders, { 'webhook-id': 'evt_1' })).toEqual({
    'x-a': '1',
    'webhook-id': 'evt_1',
  })
})
