import type { Server as HttpServer } from 'node:http'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'

export interface Listening {
  http: HttpServer
  port: number
  /** Takes no more requests and lets those under way end; after `limitMs` their connections are cut. */
  close(limitMs: number): Promise<void>
}

export function listen(app: Hono, port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port }, (info) => {
      const http = server as HttpServer
      const close = (limitMs: number) =>
        new Promise<void>((closed) => {
          const limit = setTimeout(() => http.closeAllConnections(), limitMs)
          http.close(() => {
            clearTimeout(limit)
            closed()
          })
          http.closeIdleConnections()
        })
      resolve({ http, port: info.port, close })
    })
    server.once('error', reject)
  })
}
