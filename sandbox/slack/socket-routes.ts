import type { Hono } from 'hono'
import { z } from 'zod'
import { documented } from '../fixtures/load.ts'
import { createLimits } from '../limits.ts'
import type { Upgrade } from '../serve.ts'
import { tier } from './methods/method.ts'
import { bot } from './people.ts'
import { Reason, type Sockets } from './sockets.ts'

interface SocketOptions {
  appToken?: string | undefined
  sockets: Sockets
  factor: number
  now(): number
}

/** How an app gets its connections, and under `/sandbox/sockets` what becomes of them. Answers what takes them. */
export function mountSockets(app: Hono, { appToken, sockets, factor, now }: SocketOptions): Upgrade {
  const limits = createLimits(now)
  const tickets = new Set<string>()

  app.post('/api/apps.connections.open', (c) => {
    const token = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1]
    const refusal = refusalOf(token, appToken)
    if (refusal) return c.json(documented('slack/error', { error: refusal }))
    const waitMs = limits.over('apps.connections.open', { ...tier(50), windowMs: 60_000 * factor })
    if (waitMs > 0) return c.json(documented('slack/ratelimited', {}), 429, { 'retry-after': '1' })
    const ticket = crypto.randomUUID()
    tickets.add(ticket)
    const url = `ws://${new URL(c.req.url).host}/link/?ticket=${ticket}&app_id=${bot.app}`
    return c.json(documented('slack/apps.connections.open', { url }))
  })
  app.get('/sandbox/sockets', (c) => c.json({ open: sockets.open().length, pushes: sockets.pushes() }))
  app.post('/sandbox/sockets/disconnect', async (c) => {
    const { reason } = z.object({ reason: Reason }).parse(await c.req.json())
    for (const connection of sockets.open()) sockets.say(connection, reason)
    return c.json({ ok: true })
  })
  /** As a cable that is cut: neither side is told. */
  app.post('/sandbox/sockets/silence', (c) => {
    for (const { socket } of sockets.open()) socket.pause()
    return c.json({ ok: true })
  })
  app.post('/sandbox/sockets/cut', (c) => {
    for (const { socket } of sockets.open()) socket.terminate()
    return c.json({ ok: true })
  })

  return (request, socket, head) => {
    const { searchParams } = new URL(request.url ?? '/', 'ws://slack')
    // Each ticket opens one connection.
    if (tickets.delete(searchParams.get('ticket') ?? '')) sockets.upgrade(request, socket, head)
    else socket.end('HTTP/1.1 404 Not Found\r\n\r\n')
  }
}

function refusalOf(token: string | undefined, appToken: string | undefined): string | null {
  if (token === undefined) return 'not_authed'
  if (token.startsWith('xoxb-')) return 'not_allowed_token_type'
  return token === appToken ? null : 'invalid_auth'
}
