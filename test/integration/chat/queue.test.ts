import { afterEach, expect, it } from 'vitest'
import type { ChatClient } from '../../support/chat.ts'
import { aDesk, type Desk } from '../../support/desk.ts'

let open: Desk | undefined
afterEach(() => open?.close())

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 20_000, interval: 50 })
const places = ({ shown }: ChatClient) =>
  shown.filter(({ event }) => event === 'queue_position').map(({ data }) => data.position)

it('tells each visitor their place whenever it changes, on every node, and nobody else', async () => {
  const desk = await aDesk({ strategy: 'manual' }, { nodes: 2 })
  open = desk
  const bo = await desk.agent('Bo')
  const visitors = []
  for (const on of [0, 1, 0]) {
    const session = await desk.visitor('hello', { on })
    const client = desk.chat.connect(session.token, on)
    await client.ask('join_chat', { sessionId: session.sessionId })
    visitors.push({ ...session, client })
  }
  const agent = desk.chat.connect(bo.token)
  const [first, second, third] = visitors
  await agent.ask('join_chat', { sessionId: first?.sessionId })
  const clients = visitors.map(({ client }) => client)
  await poll(() => clients.map((client) => places(client).at(-1))).toEqual([1, 2, 3])
  await bo.act('take', first?.sessionId ?? '')
  await poll(() => clients.map((client) => places(client).at(-1))).toEqual([1, 1, 2])
  const asked = await desk.chat.call('GET', `/api/chat/sessions/${third?.sessionId}/queue`, { token: third?.token })
  const out = await desk.chat.call('GET', `/api/chat/sessions/${first?.sessionId}/queue`, { token: first?.token })
  await bo.act('release', first?.sessionId ?? '')
  await poll(() => clients.map((client) => places(client).at(-1))).toEqual([1, 2, 3])
  expect({
    asked: asked.body,
    out: out.body,
    others: [second?.sessionId].map((id) => second?.client.shown.every(({ data }) => (data.sessionId ?? id) === id)),
    agent: places(agent),
  }).toEqual({
    asked: { position: 2, waitMs: null },
    out: { position: null, waitMs: null },
    others: [true],
    agent: [],
  })
})

it('estimates the wait from the last chats of the inbox', async () => {
  const desk = await aDesk({ strategy: 'manual' })
  open = desk
  const bo = await desk.agent('Bo')
  for (let index = 0; index < 3; index += 1) await bo.act('take', (await desk.visitor()).sessionId)
  const { sessionId, token } = await desk.visitor()
  const wait = async () => (await desk.chat.call('GET', `/api/chat/sessions/${sessionId}/queue`, { token })).body.waitMs
  await poll(wait).not.toBe(null)
  const waitMs = await wait()
  expect([waitMs >= 0, waitMs < 60_000]).toEqual([true, true])
})
