import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

const checkEveryMs = 200

/** What stands before the api nodes: each new connection goes to the next one that says it is ready. */
export async function aBalancer() {
  const open = new Set<Socket>()
  const ready = new Set<number>()
  const checks = new Set<NodeJS.Timeout>()
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
    one.on('close', () => {
      open.delete(one)
      other.destroy()
    })
  }

  /** One that cannot be reached is passed over until it says again that it is ready. */
  const hand = (client: Socket) => {
    const ports = [...ready]
    const port = ports[(next += 1) % ports.length]
    if (port === undefined || client.destroyed) return void client.destroy()
    const node = connect(port, '127.0.0.1')
    const failed = () => {
      ready.delete(port)
      hand(client)
    }
    node.once('error', failed)
    node.once('connect', () => {
      node.off('error', failed)
      keep(client, node)
      keep(node, client)
      client.pipe(node).pipe(client)
    })
  }

  const server = createServer((client) => {
    client.on('error', () => client.destroy())
    hand(client)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add: (port: number) => void check(port),
    ready: () => ready.size,
    async close() {
      isClosed = true
      for (const timer of checks) clearTimeout(timer)
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
