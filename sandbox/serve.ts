import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { serve } from '@hono/node-server'
import type { Context, Hono, MiddlewareHandler } from 'hono'

export interface Stand {
  url: string
  port: number
  stop(): Promise<void>
}

/** Takes a connection whose protocol changes. */
export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

export function listen(app: Hono, port: number, close: () => Promise<void> | void, upgrade?: Upgrade): Promise<Stand> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, ({ port: bound }) => {
      resolve({
        url: `http://127.0.0.1:${bound}`,
        port: bound,
        async stop() {
          await close()
          await new Promise<void>((done) => {
            server.close(() => done())
            if ('closeAllConnections' in server) server.closeAllConnections()
          })
        },
      })
    })
    if (upgrade) server.on('upgrade', upgrade)
    server.once('error', reject)
  })
}

export interface RecordedCall {
  at: number
  method: string
  status: number
}

/** `GET /sandbox/calls`: what was called lately, for those who check. */
export function createCalls() {
  const calls: RecordedCall[] = []
  return {
    middleware:
      (nameOf: (c: Context) => string): MiddlewareHandler =>
      async (c, next) => {
        const at = Date.now()
        await next()
        calls.push({ at, method: nameOf(c), status: c.res.status })
        if (calls.length > 20_000) calls.shift()
      },
    mount(app: Hono) {
      app.get('/sandbox/calls', (c) => c.json(calls.filter(({ at }) => at >= Number(c.req.query('since') ?? 0))))
    },
  }
}

/** Runs a stand-in as a process until it is told to stop. */
export async function runStand(name: string, start: () => Promise<Stand>): Promise<void> {
  try {
    const stand = await start()
    console.log(`${name} on ${stand.port}`)
    const stop = () => void stand.stop().then(() => process.exit(0))
    process.once('SIGTERM', stop)
    process.once('SIGINT', stop)
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : error}`)
    process.exit(1)
  }
}
