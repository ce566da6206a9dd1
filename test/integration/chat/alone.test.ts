import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aChat, type ChatClient, type TestChat } from '../../support/chat.ts'

const count = 3
let chat: TestChat
beforeAll(async () => {
  chat = await aChat({ nodes: count, isJoined: false, healMs: 100 })
})
afterAll(() => chat.close())

const poll = <T>(read: () => T) => expect.poll(read, { timeout: 30_000, interval: 20 })

const everywhere = async (token: string, sessionId: string) => {
  const clients = Array.from({ length: count }, (_, node) => chat.connect(token, node))
  await Promise.all(clients.map((client) => client.ask('join_chat', { sessionId })))
  return clients
}

/** Each change once, on what came before it. */
const chain = (client: ChatClient) => client.frames().map(({ prev, seq }) => [prev, seq])

const steps = fc.array(
  fc.record({
    what: fc.constantFrom('message', 'note', 'edit', 'delete', 'read', 'close', 'typing'),
    by: fc.constantFrom('visitor', 'agent'),
    node: fc.nat(count - 1),
    of: fc.nat(30),
  }),
  { minLength: 5, maxLength: 30 },
)

it('shows everybody on every node the whole log, once and in order, though no node hears of another', async () => {
  const agent = await chat.agent()
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const { sessionId, token } = await chat.session()
      const visitors = await everywhere(token, sessionId)
      const agents = await everywhere(agent.token, sessionId)
      const sent: { visitor: string[]; agent: string[] } = { visitor: [], agent: [] }
      const pending: unknown[] = []
      for (const [index, { what, by, node, of }] of all.entries()) {
        const client = (by === 'visitor' ? visitors : agents)[node]
        const mine = sent[by][of % Math.max(1, sent[by].length)]
        const others = sent[by === 'visitor' ? 'agent' : 'visitor'].at(-1)
        const ask = (event: string, payload: object) => pending.push(client?.ask(event, { sessionId, ...payload }))
        if (what === 'message' || (what === 'note' && by === 'agent')) {
          const message = chat.aMessage(sessionId, `text ${index}`, { isInternal: what === 'note' })
          const answer = await client?.ask('send_message', message)
          if (what === 'message') sent[by].push(answer.id)
        }
        if (what === 'edit' && mine) ask('edit_message', { messageId: mine, content: `edited ${index}` })
        if (what === 'delete' && mine) ask('delete_message', { messageId: mine })
        if (what === 'read' && others) ask('message_read', { messageId: others })
        if (what === 'close') ask('close_chat', {})
        if (what === 'typing') ask('typing', { isTyping: true })
      }
      await Promise.all(pending)

      const log = await chat.events(sessionId)
      const seen = (asAgent: boolean) => {
        const visible = log.filter(({ seq, ...event }) => seq > 1 && (asAgent || !isHidden(event)))
        return visible.map(({ seq }, index) => [visible[index - 1]?.seq ?? 1, seq])
      }
      await poll(() => [...visitors, ...agents].map(chain)).toEqual([
        ...visitors.map(() => seen(false)),
        ...agents.map(() => seen(true)),
      ])
      for (const { socket } of [...visitors, ...agents]) socket.close()
    }),
    { numRuns: 10 },
  )
})

const isHidden = (event: { type: string; body: object }) =>
  event.type === 'message' && 'internal' in event.body && event.body.internal === true
