import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/**
 * What a line does with what goes over it. `cut`: who is connected is thrown out, who comes is turned away. `silent`:
 * nothing arrives, and nobody is told. `deaf`: requests arrive, and instead of their answers the line breaks.
 */
export type Mood =
  | { kind: 'whole' }
  | { kind: 'cut' }
  | { kind: 'silent' }
  | { kind: 'slow'; ms: number }
  | { kind: 'deaf' }

/** A way to a server on which things go wrong. */
export async function aLine(target: string) {
  const { protocol, hostname, port, pathname, search } = new URL(target)
  const open = new Set<Socket>()
  let mood: Mood = { kind: 'whole' }

  const pass = (from: Socket, to: Socket, isAnswer: boolean) => {
    open.add(from)
    from.on('error', () => from.destroy())
    from.on('close', () => {
      open.delete(from)
      to.destroy()
    })
    const hand = createDelayed((chunk) => {
      if (!to.destroyed && !to.write(chunk)) from.pause()
    })
    from.on('data', (chunk: Buffer) => {
      if (mood.kind === 'silent') return
      if (mood.kind === 'deaf' && isAnswer) return void from.destroy()
      hand(chunk, mood.kind === 'slow' ? mood.ms : 0)
    })
    to.on('drain', () => from.resume())
  }

  const server = createServer((client) => {
    if (mood.kind === 'cut') return void client.destroy()
    const remote = connect(Number(port), hostname)
    pass(client, remote, false)
    pass(remote, client, true)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')

  const breakAll = () => {
    for (const socket of open) socket.destroy()
  }
  const become = (next: Mood) => {
    // What was swallowed is missing in the middle of a stream: nothing that was open can go on.
    if (mood.kind === 'silent' || next.kind === 'cut') breakAll()
    mood = next
  }

  return {
    url: `${protocol}//127.0.0.1:${(server.address() as AddressInfo).port}${pathname}${search}`,
    become,
    cut: () => become({ kind: 'cut' }),
    mend: () => become({ kind: 'whole' }),
    async close() {
      become({ kind: 'cut' })
      server.close()
      await once(server, 'close')
    },
  }
}

/** Hands chunks on after their delay, in the order in which they came. */
function createDelayed(write: (chunk: Buffer) => void) {
  const waiting: { due: number; chunk: Buffer }[] = []
  const handOn = () => {
    for (let next = waiting[0]; next && next.due <= Date.now(); next = waiting[0]) {
      waiting.shift()
      write(next.chunk)
    }
    if (waiting[0]) setTimeout(handOn, waiting[0].due - Date.now())
  }
  return (chunk: Buffer, ms: number) => {
    if (ms === 0 && waiting.length === 0) return write(chunk)
    waiting.push({ due: Date.now() + ms, chunk })
    if (waiting.length === 1) setTimeout(handOn, ms)
  }
}

export type Line = Awaited<ReturnType<typeof aLine>>
