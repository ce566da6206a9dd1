import { Webhook } from 'standardwebhooks'
import { expect, it } from 'vitest'
import { aCall, aCaller, answered, secret, to, unreachable } from '../../../test/support/webhook-call.ts'
import { aRawRemote, aRemote } from '../../../test/support/webhook-remote.ts'
import { EndpointHeaders } from '../../contract/webhook-headers.ts'
import { version } from '../../platform/version.ts'

it('posts the body once, signed, with the endpoint’s headers beside its own', async () => {
  await using remote = await aRemote((_request, response) => response.writeHead(201, { 'x-a': '1' }).end('thank you'))
  const headers = EndpointHeaders.parse([{ name: 'Authorization', value: 'Bearer theirs' }])
  const result = await aCaller().call(aCall(to(remote), { headers }))
  const received = remote.received[0]
  expect(result).toEqual(answered({ status: 201, body: 'thank you' }))
  expect(result).toMatchObject({ headers: expect.arrayContaining([{ name: 'x-a', value: '1' }]) })
  expect(remote.received).toEqual([
    {
      method: 'POST',
      path: '/hook?a=b',
      headers: {
        authorization: 'Bearer theirs',
        'webhook-id': 'evt_1',
        'webhook-timestamp': expect.stringMatching(/^\d{10}$/),
        'webhook-signature': expect.stringMatching(/^v1,/),
        'content-type': 'application/json',
        'content-length': '18',
        'accept-encoding': 'identity',
        'user-agent': `Deskbridge-Webhooks/${version}`,
        host: `hooks.example:${remote.port}`,
        connection: 'keep-alive',
      },
      body: Buffer.from('{"type":"message"}'),
      servername: null,
    },
  ])
  expect(new Webhook(secret).verify(received?.body.toString() ?? '', { ...received?.headers } as never)).toEqual({
    type: 'message',
  })
})

it('follows to nowhere', async () => {
  await using other = await aRemote((_request, response) => response.end())
  await using remote = await aRemote((_request, response) => response.writeHead(307, { location: to(other) }).end())
  expect(await aCaller().call(aCall(to(remote)))).toEqual(answered({ status: 307 }))
  expect(other.received).toEqual([])
})

it('tells a remote that hangs up from one that is not there', async () => {
  const remote = await aRawRemote((socket) => socket.destroy())
  const hungUp = await aCaller().call(aCall(to(remote)))
  await remote[Symbol.asyncDispose]()
  expect([hungUp, await aCaller().call(aCall(to(remote)))]).toEqual([unreachable('reset'), unreachable('refused')])
})

it('tells TLS that is none', async () => {
  await using remote = await aRawRemote((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  expect(await aCaller().call(aCall(to(remote).replace('http:', 'https:')))).toEqual(unreachable('tls'))
})

it('does not take an idle connection that was closed meanwhile for a failure', async () => {
  await using remote = await aRawRemote((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n`)
    socket.once('data', () => socket.destroy())
  })
  const caller = aCaller()
  const results = [await caller.call(aCall(to(remote))), await caller.call(aCall(to(remote)))]
  expect([results, remote.opened]).toEqual([[answered({}), answered({})], 2])
})

it('ends in time also for calls that wait for a connection', async () => {
  await using remote = await aRawRemote(() => {})
  const caller = aCaller(500)
  const results = await Promise.all(Array.from({ length: 25 }, () => caller.call(aCall(to(remote)))))
  expect(results).toEqual(Array(25).fill(unreachable('timeout')))
  caller.close()
  await expect.poll(() => remote.open.size).toBe(0)
})

it.each([
  ['ftp://hooks.example/', 'invalid_address'],
  ['http://8.8.8.8/', 'not_https'],
  ['https://127.1.1.1/', 'forbidden_address'],
])('calls nobody at %s', async (url, why) => {
  expect(await aCaller().call(aCall(url))).toEqual({ kind: 'unreachable', why, ms: 0 })
})

it('ends calls that are under way when it is closed', async () => {
  const caller = aCaller()
  await using remote = await aRawRemote(() => remote.opened === 10 && caller.close())
  const results = await Promise.all(Array.from({ length: 25 }, () => caller.call(aCall(to(remote)))))
  expect(results).toEqual(Array(25).fill(unreachable('stopped')))
  await expect.poll(() => remote.open.size).toBe(0)
})

it('calls nobody any more once it is closed', async () => {
  await using remote = await aRawRemote(() => {})
  const caller = aCaller()
  caller.close()
  expect(await caller.call(aCall(to(remote)))).toEqual(unreachable('stopped'))
})
