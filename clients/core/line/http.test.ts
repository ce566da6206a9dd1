import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { createHttp } from './http.ts'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

/** Whatever is asked, this is the answer. */
async function aServer(status: number, body: string) {
  const server = createServer((_asked, answer) => answer.writeHead(status).end(body)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  open.push(async () => {
    server.closeAllConnections()
    server.close()
  })
  return createHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

const call = { method: 'POST', path: '/sessions/x/messages', body: {} } as const
const upload = { token: 't', file: new Blob(['x']), name: 'x', progress() {}, signal: new AbortController().signal }

it.each([
  ['a page of somebody else’s, as before a hotel’s network is paid for', 200, '<html>Welcome!</html>'],
  ['nothing', 200, ''],
  ['a server in trouble', 502, '<html>Bad gateway</html>'],
])('does not take %s for an answer', async (_name, status, body) => {
  const http = await aServer(status, body)
  await expect(http.call(call)).rejects.toThrow('no answer')
  await expect(http.upload(upload)).rejects.toThrow('no answer')
})

it.each([
  [404, '{"error":{"code":"not_found","message":"It is not there."}}', 'not_found'],
  [503, '{"error":{"code":"server_full","message":"Later."}}', 'server_full'],
  [403, '<html>No</html>', 'unavailable'],
  [413, '<html>Too large</html>', 'body_too_large'],
])('tells who said no: %i %s', async (status, body, code) => {
  const http = await aServer(status, body)
  const answers = [await http.call(call), await http.upload(upload)]
  expect(answers.map((answer) => !answer.ok && answer.error.code)).toEqual([code, code])
})

it('takes an answer without a body', async () => {
  const http = await aServer(204, '')
  expect(await http.call(call)).toEqual({ ok: true })
})
