import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

const checkEveryMs = 200

/**
 * Hands each connection to the next of the servers that takes one, and remembers when that was. `asks`: only to those that
 * say they are ready, because one that stands still takes connections too.
 */
export async function aBalancer({ asks = false } = {}) {
  const open = new Set<Socket>()
  const servers: number[] = []
  const ready = new Set<number>()
  const checks = new Set<NodeJS.Timeout>()
  const arrivals: { at: number; port: number }[] = []
  let next = 0
  let isClosed = false

  const check = async (port: number, timer?: NodeJS.Timeout) => {
    if (timer) checks.delete(timer)
    const isReady = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(1_000) }).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) ready.add(port)
    else ready.delete(port)
    if (isClosed) return
    const again: NodeJS.Timeout = setTimeout(() => void check(port, again), checkEveryMs)
    checks.add(again)
  }

  const keep = (one: Socket, other: Socket) => {
    open.add(one)
    one.on('error', () => one.destroy())
    one.once('close', () => {
      open.delete(one)
      other.destroy()
    })
  }

  const hand = (client: Socket, tries: number) => {
    const among = asks ? [...ready] : servers
    const port = among[next % among.length]
    next += 1
    if (port === undefined || tries === 0 || client.destroyed) return void client.destroy()
    const server = connect(port, '127.0.0.1')
    const another = () => hand(client, tries - 1)
    server.once('error', another)
    server.once('connect', () => {
      server.off('error', another)
      arrivals.push({ at: performance.now(), port })
      keep(client, server)
      keep(server, client)
      client.pipe(server).pipe(client)
    })
  }

  const listening = createServer((client) => {
    open.add(client)
    client.on('error', () => client.destroy())
    client.once('close', () => open.delete(client))
    hand(client, servers.length)
  }).listen(0, '127.0.0.1')
  await once(listening, 'listening')

  return {
    url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    arrivals,
    add(port: number) {
      servers.push(port)
      if (asks) void check(port)
    },
    ready: () => ready.size,
    async close() {
      isClosed = true
      for (const timer of checks) clearTimeout(timer)
      listening.close()
      for (const socket of open) socket.destroy()
      await once(listening, 'close')
    },
  }
}
