import type { Server as HttpServer } from 'node:http'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'

export interface Listening {
  http: HttpServer
  port: number
  /** Takes no more requests and lets those under way end. */
  close(): Promise<void>
}

export function listen(app: Hono, port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port }, (info) => {
      const http = server as HttpServer
      const close = () =>
        new Promise<void>((closed) => {
          http.close(() => closed())
          http.closeIdleConnections()
        })
      resolve({ http, port: info.port, close })
    })
    server.once('error', reject)
  })
}
