import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { adminKey } from '../../support/chat-node.ts'
import { aFleet } from '../../support/fleet.ts'
import { aRawStream } from '../../support/raw-stream.ts'

let fleet: Awaited<ReturnType<typeof aFleet>>
beforeAll(async () => {
  fleet = await aFleet(1, {})
})
const closers: (() => unknown)[] = []
afterAll(async () => {
  for (const close of closers) close()
  await fleet.stop()
})

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 60_000, interval: 50 })
/** A socket that remembers only where it is, and comes back by itself. */
async function aSlowSocket(sessionId: string, token: string) {
  const socket: Socket = io(fleet.urls()[0], { auth: { token }, transports: ['websocket'], forceNew: true })
  closers.push(() => socket.close())
  const chain: [number, number][] = []
  socket.on('new_message', ({ prev, seq }) => chain.push([prev, seq]))
  const join = (afterSeq: number) => socket.timeout(30_000).emitWithAck('join_chat', { sessionId, afterSeq })
  await join(1)
  socket.on('connect', () => void join(chain.at(-1)?.[1] ?? 1))
  const { ws } = socket.io.engine.transport as unknown as { ws: { pause(): void; resume(): void } }
  return { pause: () => ws.pause(), resume: () => ws.resume(), chain }
}

it('keeps little for readers who take nothing, and gives them everything once when they come back', async () => {
  const { body } = await fleet.call('POST', '/api/chat/sessions', undefined, {}, 0)
  const { sessionId, token } = body
  const { body: agent } = await fleet.call(
    'POST',
    '/api/admin/agents',
    adminKey,
    { name: 'Bo', email: 'bo@x.example' },
    0,
  )
  const { body: signed } = await fleet.call('POST', `/api/admin/agents/${agent.id}/token`, adminKey, {}, 0)
  const url = `${fleet.urls()[0]}/api/chat/sessions/${sessionId}/stream?token=${token}`
  const sockets = await Promise.all(Array.from({ length: 4 }, () => aSlowSocket(sessionId, token)))
  const streams = await Promise.all(Array.from({ length: 2 }, () => aRawStream(`${url}&after=1`)))
  for (const { socket } of streams) closers.push(() => socket.destroy())
  await poll(() => streams.map((stream) => stream.events().length)).toEqual([1, 1])
  for (const { pause } of sockets) pause()
  for (const { socket } of streams) socket.pause()
  const before = await fleet.memory(0)
  const [messages, bytes] = [450, 40_000]
  let most = 0
  for (let index = 0; index < messages; index += 1) {
    const message = { content: `${index} ${'🙂'.repeat(bytes / 4 - 10)}`, clientMessageId: `message-${index}` }
    await fleet.call('POST', `/api/chat/sessions/${sessionId}/messages`, signed.token, message, 0)
    if (index % 25 === 24) most = Math.max(most, (await fleet.memory(0)) - before)
  }
  for (const { resume } of sockets) resume()
  for (const { socket } of streams) socket.resume()
  await poll(() => streams.map((stream) => stream.ended())).toEqual([true, true])
  const first = streams.map((stream) => stream.events())
  const rest = await Promise.all(first.map((events) => aRawStream(`${url}&after=${events.at(-1)?.id}`)))
  for (const { socket } of rest) closers.push(() => socket.destroy())
  const inStream = (index: number) =>
    [...(first[index] ?? []), ...(rest[index]?.events() ?? [])].flatMap(({ event, data }) =>
      event === 'new_message' ? [[data.prev, data.seq]] : [],
    )
  await poll(() => [
    ...sockets.map(({ chain }) => chain.length),
    ...rest.map((_, index) => inStream(index).length),
  ]).toEqual(Array.from({ length: 6 }, () => messages))
  const log = await fleet.connection
    .collection<{ seq: number; type: string }>('events')
    .find({ session: sessionId, type: 'message' })
    .sort({ seq: 1 })
    .toArray()
  const all = log.map(({ seq }, index) => [index === 0 ? 1 : (log[index - 1]?.seq ?? 0), seq])
  expect({
    chains: [...sockets.map(({ chain }) => chain), ...rest.map((_, index) => inStream(index))],
    isBounded: most < (6 * messages * bytes) / 3,
  }).toEqual({ chains: Array.from({ length: 6 }, () => all), isBounded: true })
}, 300_000)
