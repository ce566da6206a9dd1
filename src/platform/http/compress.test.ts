import { gunzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { stream as streaming, streamSSE } from 'hono/streaming'
import { expect, it } from 'vitest'
import { acceptsGzip, compress } from './compress.ts'

const long = { messages: Array.from({ length: 100 }, (_, index) => `a message, number ${index}`) }
const gate = Promise.withResolvers<void>()

const app = new Hono()
  .use(compress)
  .get('/long', (c) => c.json(long, 200, { etag: '"v1"', vary: 'origin' }))
  .get('/short', (c) => c.json({ ok: true }))
  .get('/exact', (c) => c.text('x'.repeat(1_024)))
  .get('/picture', (c) => c.body('x'.repeat(5_000), 200, { 'content-type': 'image/png' }))
  .get('/encoded', (c) => c.body('x'.repeat(5_000), 200, { 'content-type': 'text/plain', 'content-encoding': 'br' }))
  .get('/as-it-is', (c) => c.text('x'.repeat(5_000), 200, { 'cache-control': 'public, no-transform' }))
  .get('/nothing', (c) => c.body(null, 204))
  .get('/failed', (c) => c.json(long, 500))
  .get('/pieces', (c) => {
    c.header('content-type', 'text/plain')
    return streaming(c, async (pieces) => {
      for (let index = 0; index < 50; index += 1) await pieces.write(`piece ${index}\n`.repeat(20))
    })
  })
  .get('/events', (c) =>
    streamSSE(c, async (events) => {
      await events.writeSSE({ data: 'x'.repeat(5_000) })
      await gate.promise
    }),
  )

const ask = (path: string, accept = 'gzip, deflate, br') =>
  app.request(path, { headers: { 'accept-encoding': accept } })

const shape = (response: Response) =>
  ['content-encoding', 'vary', 'etag', 'content-length'].map((name) => response.headers.get(name))

it('compresses a long answer, and says of it what it is', async () => {
  const response = await ask('/long')
  const bytes = Buffer.from(await response.arrayBuffer())
  expect([shape(response), JSON.parse(gunzipSync(bytes).toString()), response.headers.get('content-type')]).toEqual([
    ['gzip', 'origin, accept-encoding', 'W/"v1"', null],
    long,
    'application/json',
  ])
})

it('gives the same plain to whoever takes no gzip, and tells caches that it depends on that', async () => {
  const response = await ask('/long', 'br')
  expect([shape(response), await response.json()]).toEqual([[null, 'origin, accept-encoding', '"v1"', null], long])
})

it('keeps the status of a failure', async () => {
  const response = await ask('/failed')
  expect([response.status, response.headers.get('content-encoding')]).toEqual([500, 'gzip'])
})

it.each([
  ['/short', '{"ok":true}'],
  ['/picture', 'x'.repeat(5_000)],
  ['/encoded', 'x'.repeat(5_000)],
  ['/as-it-is', 'x'.repeat(5_000)],
  ['/nothing', ''],
])('leaves %s as it is', async (path, body) => {
  const response = await ask(path)
  expect([response.headers.get('content-encoding'), await response.text()]).toEqual([
    path === '/encoded' ? 'br' : null,
    body,
  ])
})

it('compresses from one kilobyte on', async () => {
  expect((await ask('/exact')).headers.get('content-encoding')).toBe('gzip')
})

it('compresses what is made piece by piece', async () => {
  const text = gunzipSync(Buffer.from(await (await ask('/pieces')).arrayBuffer())).toString()
  expect(text).toBe(Array.from({ length: 50 }, (_, index) => `piece ${index}\n`.repeat(20)).join(''))
})

it('never holds an event back', async () => {
  const response = await ask('/events')
  const reader = response.body?.getReader()
  const first = await reader?.read()
  gate.resolve()
  expect([shape(response).slice(0, 2), first?.value?.byteLength]).toEqual([[null, null], 5_008])
})

it.each([
  ['gzip', true],
  ['deflate, GZIP;q=0.5', true],
  ['*', true],
  ['gzip;q=0, *', false],
  ['gzip;q=0.0', false],
  ['br, *;q=0', false],
  ['x-gzip2', false],
  ['', false],
])('understands %j', (header, answer) => {
  expect(acceptsGzip(header)).toBe(answer)
})
