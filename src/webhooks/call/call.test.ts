import type { Socket } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { afterEach, expect, it } from 'vitest'
import { aRawRemote, aRemote, type Remote, trickle } from '../../../test/support/webhook-remote.ts'
import { version } from '../../platform/version.ts'
import { readAllowed } from './address.ts'
import { type Caller, createCaller, type WebhookCall } from './call.ts'
import { EndpointHeaders } from './headers.ts'
import { makeSecret } from './secrets.ts'

const { secret } = makeSecret('v1', () => Buffer.alloc(32, 1))
const callers: Caller[] = []
afterEach(() => {
  for (const caller of callers.splice(0)) caller.close()
})

function aCaller(deadlineMs = 10_000): Caller {
  const caller = createCaller({
    allowed: readAllowed(['127.0.0.1']),
    now: Date.now,
    resolve: async () => ['127.0.0.1'],
    deadlineMs,
  })
  callers.push(caller)
  return caller
}

const aCall = (url: string, more: Partial<WebhookCall> = {}): WebhookCall => ({
  url,
  id: 'evt_1',
  body: Buffer.from('{"type":"message"}'),
  secrets: [secret],
  headers: EndpointHeaders.parse([]),
  ...more,
})
const to = ({ port }: Remote) => `http://hooks.example:${port}/hook?a=b`
const answered = (more: object) => ({
  kind: 'answered',
  status: 200,
  headers: expect.any(Array),
  body: '',
  truncated: false,
  ms: expect.any(Number),
  ...more,
})
const unreachable = (why: string) => ({ kind: 'unreachable', why, ms: expect.any(Number) })

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

const head = 'HTTP/1.1 200 OK\r\n'
const garbage: [string, string][] = [
  ['says something that is no HTTP', 'SSH-2.0-OpenSSH_9.9\r\n'],
  ['sends a head without end', `${head}x-a: ${'x'.repeat(20_000)}\r\n\r\n`],
  ['sends headers without end', `${head}${'x-a: 1\r\n'.repeat(5_000)}\r\n`],
  ['asks for another protocol', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'],
  ['gives two lengths', `${head}content-length: 1\r\ncontent-length: 2\r\n\r\nab`],
]
it.each(garbage)('makes nothing of a remote that %s', async (_what, answer) => {
  await using remote = await aRawRemote((socket) => socket.write(answer))
  expect(await aCaller().call(aCall(to(remote)))).toEqual(unreachable('invalid_answer'))
  await expect.poll(() => remote.open.size).toBe(0)
})

const silent: [string, (socket: Socket) => void][] = [
  ['never answers', () => {}],
  ['sends its head a letter at a time', (socket) => trickle(socket, 'x', head)],
  ['says again and again that it goes on', (socket) => trickle(socket, 'HTTP/1.1 100 Continue\r\n\r\n')],
]
it.each(silent)('ends in time with a remote that %s', async (_what, speak) => {
  await using remote = await aRawRemote(speak)
  const result = await aCaller(500).call(aCall(to(remote)))
  expect(result).toEqual(unreachable('timeout'))
  expect(result.ms).toBeLessThan(5_000)
  await expect.poll(() => remote.open.size).toBe(0)
})

it('ends in time with a remote that does not finish its body, and keeps what it said', async () => {
  await using remote = await aRawRemote((socket) => {
    trickle(socket, 'a', `${head}content-length: 100000\r\n\r\n`)
  })
  const result = await aCaller(500).call(aCall(to(remote)))
  expect(result).toEqual(answered({ body: expect.stringMatching(/^a+$/), truncated: true }))
  expect(result.ms).toBeLessThan(5_000)
  await expect.poll(() => remote.open.size).toBe(0)
})

it('reads the beginning of a body without end, and hangs up', async () => {
  await using remote = await aRemote((_request, response) => {
    response.writeHead(500)
    const more = () => {
      while (!response.destroyed && response.write('ä'.repeat(5_000)));
    }
    response.on('drain', more)
    more()
  })
  const result = await aCaller().call(aCall(to(remote)))
  expect(result).toEqual(answered({ status: 500, body: 'ä'.repeat(10_000), truncated: true }))
  await expect.poll(() => remote.open.size).toBe(0)
})

it('cuts between letters', async () => {
  await using remote = await aRemote((_request, response) => response.end(`a${'ä'.repeat(10_000)}`))
  const result = await aCaller().call(aCall(to(remote)))
  expect(result).toEqual(answered({ body: `a${'ä'.repeat(9_999)}`, truncated: true }))
})

it('takes the status of an answer that breaks off', async () => {
  await using remote = await aRawRemote((socket) => socket.end(`${head}content-length: 10\r\n\r\nabc`))
  expect(await aCaller().call(aCall(to(remote)))).toEqual(answered({ body: 'abc', truncated: true }))
})

it('keeps as many headers as it has room for, and no cookies', async () => {
  await using remote = await aRawRemote((socket) => {
    const many = Array.from({ length: 100 }, (_, n) => `x-${n}: 1\r\n`).join('')
    socket.end(`${head}set-cookie: a=b\r\n__proto__: 1\r\n$a.b: 2\r\n${many}\r\n`)
  })
  const result = await aCaller().call(aCall(to(remote)))
  const headers = result.kind === 'answered' ? result.headers : []
  expect([headers.length, headers.slice(0, 3)]).toEqual([
    50,
    [
      { name: '__proto__', value: '1' },
      { name: '$a.b', value: '2' },
      { name: 'x-0', value: '1' },
    ],
  ])
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
    socket.write(`${head}content-length: 0\r\n\r\n`)
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
})
