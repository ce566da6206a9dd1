import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A way to a server that can be cut: who is connected is thrown out, who comes is turned away, until it is mended. */
export async function aCuttable(target: string) {
  const { hostname, port, pathname } = new URL(target)
  const open = new Set<Socket>()
  let isCut = false

  const keep = (socket: Socket, other: Socket) => {
    open.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      open.delete(socket)
      other.destroy()
    })
  }

  const server = createServer((client) => {
    if (isCut) return void client.destroy()
    const remote = connect(Number(port), hostname)
    keep(client, remote)
    keep(remote, client)
    client.pipe(remote).pipe(client)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')

  const cut = () => {
    isCut = true
    for (const socket of open) socket.destroy()
  }

  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`,
    cut,
    mend() {
      isCut = false
    },
    async close() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
