import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Hands each connection to the next of the servers that takes one, and remembers when that was. */
export async function aBalancer(servers: readonly string[]) {
  const ports = servers.map((url) => Number(new URL(url).port))
  const open = new Set<Socket>()
  const arrivals: { at: number; server: number }[] = []
  let next = 0

  const hand = (client: Socket, tries: number) => {
    if (tries === 0) return void client.destroy()
    const server = next % ports.length
    next += 1
    const remote = connect(ports[server] ?? 0, '127.0.0.1')
    open.add(remote)
    remote.once('close', () => open.delete(remote))
    const another = () => hand(client, tries - 1)
    remote.once('error', another)
    remote.once('connect', () => {
      remote.off('error', another)
      remote.on('error', () => client.destroy())
      remote.once('close', () => client.destroy())
      client.once('close', () => remote.destroy())
      arrivals.push({ at: performance.now(), server })
      client.pipe(remote).pipe(client)
    })
  }

  const listening = createServer((client) => {
    open.add(client)
    client.on('error', () => client.destroy())
    client.once('close', () => open.delete(client))
    hand(client, ports.length)
  }).listen(0, '127.0.0.1')
  await once(listening, 'listening')

  return {
    url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    arrivals,
    async close() {
      listening.close()
      for (const socket of open) socket.destroy()
      await once(listening, 'close')
    },
  }
}
