import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

const checkEveryMs = 200

/** What stands before the api nodes: each new connection goes to the next one that says it is ready. */
export async function aBalancer(ports: readonly number[]) {
  const open = new Set<Socket>()
  let ready: number[] = []
  let next = 0

  const isReady = (port: number) =>
    fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(1_000) }).then(
      ({ ok }) => ok,
      () => false,
    )
  const check = async () => {
    const answers = await Promise.all(ports.map(isReady))
    ready = ports.filter((_, index) => answers[index])
    timer = setTimeout(check, checkEveryMs)
  }
  let timer = setTimeout(check, 0)

  const server = createServer((client) => {
    const port = ready[(next += 1) % ready.length]
    client.on('error', () => client.destroy())
    if (port === undefined) return void client.destroy()
    const node = connect(port, '127.0.0.1')
    node.on('error', () => node.destroy())
    for (const [one, other] of [
      [client, node],
      [node, client],
    ] as const) {
      open.add(one)
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
    }
    client.pipe(node).pipe(client)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ready: () => ready.length,
    async close() {
      clearTimeout(timer)
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
