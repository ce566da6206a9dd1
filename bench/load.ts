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

export interface Latency {
  /** ms */
  ack: number
  peer: number
}

export async function sendOne(pair: Pair): Promise<Latency> {
  const start = performance.now()
  const since = () => performance.now() - start
  const seen = new Promise<number>((resolve) => pair.peer.once('new_message', () => resolve(since())))
  const [ack, peer] = await Promise.all([send(pair).then(since), seen])
  return { ack, peer }
}

async function latencies(pairs: readonly Pair[], count: number) {
  const all: Latency[] = []
  for (let index = 0; index < count; index += 1) {
    const pair = pairs[index % pairs.length]
    if (pair) all.push(await sendOne(pair))
  }
  const at = (what: keyof Latency, share: number) =>
    quantile(
      all.map((one) => one[what]),
      share,
    )
  return {
    ack: { p50: at('ack', 0.5), p99: at('ack', 0.99) },
    peer: { p50: at('peer', 0.5), p99: at('peer', 0.99) },
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
