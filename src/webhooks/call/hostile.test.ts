import type { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { aCall, aCaller, answered, to, unreachable } from '../../../test/support/webhook-call.ts'
import { aRawRemote, aRemote, trickle } from '../../../test/support/webhook-remote.ts'

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
