import { io, type Socket } from 'socket.io-client'

/** One chat: who writes and who reads. */
export interface Pair {
  sessionId: string
  sender: Socket
  peer: Socket
}

export interface Figures {
  /** Messages a second with every chat writing as fast as it is answered. */
  throughput: number
  /** ms, one message at a time on an otherwise idle server. */
  ack: { p50: number; p99: number }
  peer: { p50: number; p99: number }
}

const text = 'Good morning! I ordered the blue pot on Monday and wonder when it will arrive.'
let sent = 0

export const connect = async (url: string, token: string): Promise<Socket> => {
  const socket = io(url, { auth: { token }, transports: ['websocket'], forceNew: true })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  return socket
}

const send = (pair: Pair) =>
  pair.sender.emitWithAck('send_message', {
    sessionId: pair.sessionId,
    messageType: 'text',
    content: text,
    clientMessageId: `bench-message-${(sent += 1)}`,
  })

export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN

async function latencies(pairs: readonly Pair[], count: number) {
  const acks: number[] = []
  const peers: number[] = []
  for (let index = 0; index < count; index += 1) {
    const pair = pairs[index % pairs.length]
    if (!pair) break
    const start = performance.now()
    const seen = new Promise<void>((resolve) => pair.peer.once('new_message', () => resolve()))
    await Promise.all([
      send(pair).then(() => acks.push(performance.now() - start)),
      seen.then(() => peers.push(performance.now() - start)),
    ])
  }
  return {
    ack: { p50: quantile(acks, 0.5), p99: quantile(acks, 0.99) },
    peer: { p50: quantile(peers, 0.5), p99: quantile(peers, 0.99) },
  }
}

async function throughput(pairs: readonly Pair[], count: number): Promise<number> {
  const each = Math.ceil(count / pairs.length)
  const start = performance.now()
  await Promise.all(
    pairs.map(async (pair) => {
      for (let index = 0; index < each; index += 1) await send(pair)
    }),
  )
  return (each * pairs.length * 1_000) / (performance.now() - start)
}

/** The same load for every server: a warm-up, single messages, then all chats at once. */
export async function measure(pairs: readonly Pair[], sizes: { single: number; together: number }): Promise<Figures> {
  await throughput(pairs, Math.ceil(sizes.together / 4))
  const single = await latencies(pairs, sizes.single)
  return { throughput: await throughput(pairs, sizes.together), ...single }
}
