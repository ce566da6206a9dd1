import { connect } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { afterEach, expect, it } from 'vitest'
import { aTalk } from '../../support/chat.ts'
import { aService, asAdmin, type Service } from '../../support/service.ts'

const closers: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

interface Started {
  sessionId: string
  token: string
}

const roomy = {
  limits: { sessionRateLimit: { perAddress: 10_000, perInbox: 10_000 } },
  times: { drainSpread: 6_000 },
}

const started = async (settings: object = roomy): Promise<Service> => {
  const service = await aService(settings)
  closers.push(service.close)
  return service
}

const connected = (url: string, token: string, more: object = {}): Promise<Socket> => {
  const socket = io(url, { auth: { token }, transports: ['websocket'], forceNew: true, ...more })
  closers.push(() => socket.close())
  return new Promise((resolve) => socket.once('connect', () => resolve(socket)))
}

it('answers all that it took, and takes nothing that it does not answer', async () => {
  const { chat, sessionId, visitor } = await aTalk()
  closers.push(chat.close)
  const messages = Array.from({ length: 100 }, (_, index) => chat.aMessage(sessionId, `text ${index}`))
  const acks = messages.map((message) => visitor.socket.timeout(50_000).emitWithAck('send_message', message))
  const left = new Promise((resolve) => visitor.socket.once('disconnect', resolve))
  const settled = Promise.allSettled(acks)
  await acks[0]
  await Promise.all([chat.node().chat.drain(), left])
  const outcomes = await settled
  const answered = outcomes.flatMap((outcome, index) => (outcome.status === 'fulfilled' ? [`text ${index}`] : []))
  const stored = (await chat.events(sessionId)).flatMap((event) =>
    event.type === 'message' ? [event.body.content] : [],
  )
  expect([answered.length > 0, stored.toSorted()]).toEqual([true, answered.toSorted()])
})

it('says at once that it is draining, turns newcomers away and sends the others away one after the other', async () => {
  const service = await started()
  const node = await service.start('api')
  const { sessionId, token } = await asAdmin<Started>(node.url, '/api/chat/sessions', {})
  const sockets = await Promise.all(
    Array.from({ length: 400 }, () => connected(node.url, token, { reconnection: false })),
  )
  const streamUrl = `${node.url}/api/chat/sessions/${sessionId}/stream?token=${token}`
  const stream = await fetch(streamUrl)
  const ends: number[] = []
  for (const socket of sockets) socket.once('disconnect', () => ends.push(performance.now()))
  const ended = node.end('SIGTERM')
  await expect.poll(() => ends.length, { timeout: 10_000, interval: 5 }).toBeGreaterThan(0)
  const [ready, turnedAway] = await Promise.all([fetch(`${node.url}/readyz`), fetch(streamUrl)])
  const newcomer = io(node.url, { auth: { token }, transports: ['websocket'], forceNew: true })
  closers.push(() => newcomer.close())
  const willTryAgain = await new Promise((resolve) => newcomer.once('connect_error', () => resolve(newcomer.active)))
  const streamed = await stream.text()
  await ended
  expect({
    ready: [ready.status, await ready.json()],
    turnedAway: [turnedAway.status, turnedAway.headers.get('content-type'), await turnedAway.text()],
    willTryAgain,
    streamed,
    ends: ends.length,
    spread: (ends.at(-1) ?? 0) - (ends[0] ?? 0) > 1_000,
  }).toEqual({
    ready: [503, { ready: false, draining: true }],
    turnedAway: [200, 'text/event-stream', expect.stringMatching(/^retry: \d{3,4}\n\n$/)],
    willTryAgain: true,
    streamed: expect.stringMatching(/^event: session_info\ndata: .+\nid: .+\nretry: \d{3,4}\n\n$/),
    ends: 400,
    spread: true,
  })
})

it('waits neither for a connection that asks nothing, nor for one that never ends its question or hears no farewell', async () => {
  const service = await started({ times: { drain: 500, drainSpread: 3_000 } })
  const node = await service.start('all')
  const { port } = new URL(node.url)
  for (const words of ['', 'GET /healthz HTTP/1.1\r\nhost: x\r\n']) {
    const socket = connect(Number(port), '127.0.0.1')
    socket.on('error', () => {})
    closers.push(() => socket.destroy())
    await new Promise<void>((resolve) => socket.once('connect', () => socket.write(words, () => resolve())))
  }
  const { token } = await asAdmin<Started>(node.url, '/api/chat/sessions', {})
  const deaf = await connected(node.url, token)
  const { ws } = deaf.io.engine.transport as unknown as { ws: { pause(): void } }
  ws.pause()
  const before = performance.now()
  await node.end('SIGTERM')
  expect([node.child.exitCode, performance.now() - before < 10_000]).toEqual([0, true])
})
