import { createServer as createHttpServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, createServer as createRawServer, type Server, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { TLSSocket } from 'node:tls'

/** One call as its receiver sees it. */
export interface Received {
  method: string | undefined
  path: string | undefined
  headers: IncomingHttpHeaders
  body: Buffer
  /** The name that TLS was asked for. */
  servername: string | false | null
}

export interface Remote extends AsyncDisposable {
  port: number
  received: Received[]
  /** How many were ever opened, and how many are open. */
  opened: number
  open: Set<Socket>
}

async function listening(server: Server, received: Received[]): Promise<Remote> {
  const open = new Set<Socket>()
  const remote: Remote = {
    port: 0,
    received,
    opened: 0,
    open,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  server.on('connection', (socket: Socket) => {
    remote.opened += 1
    open.add(socket.on('error', () => {}).once('close', () => open.delete(socket)))
  })
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))
  remote.port = (server.address() as AddressInfo).port
  return remote
}

/** A receiver of webhooks on every IPv4 address of this machine. */
export function aRemote(answer: RequestListener, tls?: { key: string; cert: string }): Promise<Remote> {
  const received: Received[] = []
  const listener: RequestListener = async (request, response) => {
    const { method, url: path, headers, socket } = request
    const servername = socket instanceof TLSSocket ? (socket.servername ?? null) : null
    received.push({ method, path, headers, body: await buffer(request), servername })
    answer(request, response)
  }
  return listening(tls ? createHttpsServer(tls, listener) : createHttpServer(listener), received)
}

/** A remote that answers what it likes: `speak` is called once the head of a request has come. */
export const aRawRemote = (speak: (socket: Socket) => void): Promise<Remote> =>
  listening(
    createRawServer((socket) => socket.once('data', () => speak(socket))),
    [],
  )

/** Writes without end, a little at a time, as long as somebody listens. */
export function trickle(socket: Socket, piece: string, first = ''): void {
  socket.write(first)
  const timer = setInterval(() => socket.write(piece), 20)
  socket.once('close', () => clearInterval(timer))
}
