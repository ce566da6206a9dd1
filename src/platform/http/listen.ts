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
  let isClosing = false
  const fetch = async (request: Request, env: object): Promise<Response> => {
    const response = await app.fetch(request, env)
    // Whoever keeps a connection and asks again would be answered here for ever.
    if (isClosing) response.headers.set('connection', 'close')
    return response
  }
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port }, (info) => {
      const http = server as HttpServer
      const close = () =>
        new Promise<void>((closed) => {
          isClosing = true
          http.close(() => closed())
          http.closeIdleConnections()
        })
      resolve({ http, port: info.port, close })
    })
    server.once('error', reject)
  })
}
