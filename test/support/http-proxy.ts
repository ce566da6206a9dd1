import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * What a proxy does with streams. `held`: their bytes are kept back until the stream ends, as some proxies do. `silent`:
 * nothing comes any more, and nobody is told.
 */
type Mood = 'whole' | 'held' | 'silent'

/** A proxy that knows HTTP and no WebSocket. */
export async function anHttpProxy(target: string) {
  const { hostname, port } = new URL(target)
  const streams = new Set<ServerResponse>()
  const opened: string[] = []
  let mood: Mood = 'whole'
  let upgrades = 0

  const pass = (asked: IncomingMessage, answer: ServerResponse) => {
    const { method, url = '/', headers } = asked
    const isStream = url.includes('/stream')
    const there = request({ hostname, port, method, path: url, headers }, (back) => {
      if (isStream) {
        opened.push(url)
        streams.add(answer)
      }
      if (isStream && mood === 'held') return void back.resume()
      answer.writeHead(back.statusCode ?? 502, back.headers)
      back.on('data', (chunk: Buffer) => {
        if (!isStream || mood === 'whole') answer.write(chunk)
      })
      back.on('end', () => answer.end())
    })
    there.on('error', () => answer.destroy())
    answer.on('close', () => {
      streams.delete(answer)
      there.destroy()
    })
    asked.pipe(there)
  }

  const server = createServer(pass).listen(0, '127.0.0.1')
  server.on('upgrade', (_asked, socket) => {
    upgrades += 1
    socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
  })
  await once(server, 'listening')

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Addresses of the streams so far. */
    opened,
    upgrades: () => upgrades,
    become(next: Mood) {
      mood = next
    },
    cutStreams() {
      for (const stream of streams) stream.destroy()
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
