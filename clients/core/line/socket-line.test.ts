import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server, type Socket } from 'socket.io'
import { afterEach, expect, it } from 'vitest'
import { createSocketLine } from './socket-line.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

interface Served {
  token: string
  socket: Socket
}

/** Socket.IO's own server. `refuses`: with what it turns a token away; null lets it in. */
async function aServer({
  pingInterval = 25_000,
  pingTimeout = 20_000,
  refuses = (_token: string) => null as object | null,
} = {}) {
  const http = createServer().listen(0, '127.0.0.1')
  await once(http, 'listening')
  const server = new Server(http, { transports: ['websocket'], pingInterval, pingTimeout })
  const tokens: string[] = []
  const served: Served[] = []
  server.use((socket, next) => {
    const { token } = socket.handshake.auth
    tokens.push(token)
    const data = refuses(token)
    next(data ? Object.assign(new Error('no'), { data }) : undefined)
  })
  server.on('connection', (socket) => {
    served.push({ token: socket.handshake.auth.token, socket })
    socket.on('typing', (payload: object, answer: (what: object) => void) => answer({ ok: true, ...payload }))
  })
  closers.push(() => server.close())
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, server, tokens, served }
}

/** Pauses between attempts are as short as they get. */
function aLine(url: string) {
  const seen: unknown[] = []
  let tokens = 0
  const line = createSocketLine({
    url,
    token: () => `token-${(tokens += 1)}`,
    isRefused: (data) => Object(data).code === 'unauthorized',
    later: (task) => void setTimeout(task, 5),
    random: () => 0,
  })
  line.onUp(() => seen.push('up'))
  line.onDown((refused) => seen.push(refused ? 'refused' : 'down'))
  line.on('queue_position', ({ position }) => seen.push(position))
  closers.push(() => line.close())
  return { line, seen }
}

it('asks, is answered, and hears what it was not asked for', async () => {
  const { url, served } = await aServer()
  const { line, seen } = aLine(url)
  await expect.poll(() => seen).toEqual(['up'])
  const answers = await Promise.all([line.ask('typing', { n: 1 }), line.ask('typing', { text: '[2] — “é”' })])
  served[0]?.socket.emit('queue_position', { sessionId: 's', position: 3, waitMs: null })
  await expect.poll(() => seen).toEqual(['up', 3])
  expect(answers).toEqual([
    { ok: true, n: 1 },
    { ok: true, text: '[2] — “é”' },
  ])
})

it('comes back with the token of the time, whether it was let out or cut off', async () => {
  const { url, served, tokens } = await aServer()
  const { line, seen } = aLine(url)
  await expect.poll(() => seen).toEqual(['up'])
  const unanswered = line.ask('join_chat', {})
  served[0]?.socket.disconnect()
  await expect(unanswered).rejects.toThrow('no answer to join_chat')
  await expect.poll(() => served.length).toBe(2)
  served[1]?.socket.conn.close()
  await expect.poll(() => seen).toEqual(['up', 'down', 'up', 'down', 'up'])
  expect(tokens).toEqual(['token-1', 'token-2', 'token-3'])
})

it('notices a server that is silent', async () => {
  const { url, served } = await aServer({ pingInterval: 60, pingTimeout: 60 })
  const { seen } = aLine(url)
  await expect.poll(() => served.length).toBe(1)
  Object(served[0]?.socket.conn).sendPacket = () => {}
  await expect.poll(() => seen).toEqual(['up', 'down', 'up'])
})

it('does not come back once its token is refused, and does after any other refusal', async () => {
  const refusals = [{ code: 'server_full' }, { code: 'unauthorized' }]
  const { url, tokens } = await aServer({ refuses: () => refusals[tokens.length - 1] ?? null })
  const { line, seen } = aLine(url)
  await expect.poll(() => seen).toEqual(['down', 'refused'])
  await expect(line.ask('typing', {})).rejects.toThrow('not connected')
  expect(tokens).toEqual(['token-1', 'token-2'])
})
