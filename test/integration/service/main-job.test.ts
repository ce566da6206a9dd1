import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWorld, type World } from '../../support/world.ts'

let world: World
beforeAll(async () => {
  world = await aWorld()
})
afterAll(() => world.close())

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 60_000, interval: 20 })

/** A chat with a thread and a ticket that know its first message. */
async function aChat(about?: Record<string, unknown>) {
  const visitor = await world.visitor(about)
  await visitor.send('Where is my order?')
  await poll(async () => (await world.thread(visitor.sessionId))?.replies.length).toBe(1)
  await poll(async () => (await world.tickets(visitor.sessionId)).length).toBe(1)
  const thread = await world.thread(visitor.sessionId)
  const [ticket] = await world.tickets(visitor.sessionId)
  if (!thread || !ticket) throw new Error('no thread or no ticket')
  return { visitor, thread, ticket }
}

it('makes a thread that says who and where from, and a ticket with tags and fields', async () => {
  const { visitor, thread, ticket } = await aChat({ name: 'Ana <b>', page: 'https://shop.example/cart?a=1&b=2' })
  expect([thread.root.text, thread.replies.map((reply) => [reply.username, reply.text])]).toEqual([
    expect.stringMatching(/^\*Chat with Ana &lt;b&gt;\*\n.*\nPage: https:\/\/shop\.example\/cart\?a=1&amp;b=2\n/),
    [['Ana <b>', 'Where is my order?']],
  ])
  expect(ticket).toMatchObject({
    tags: ['chat', `session-${visitor.sessionId}`],
    fields: { chat_session_id: visitor.sessionId, user_id: expect.stringMatching(/^vis_/) },
    requester: { external_id: expect.stringMatching(/^visitor:vis_/), email: null },
    comments: [{ public: false, body: expect.stringContaining('Where is my order?') }],
  })
})

it('brings a reply in the thread to the customer and into the ticket, under the name of who wrote it', async () => {
  const { visitor, thread, ticket } = await aChat()
  await world.replyInSlack(thread.root.ts, 'It is on its way & will arrive <today>')
  await poll(() => visitor.seen.at(-1)).toMatchObject({
    content: 'It is on its way & will arrive <today>',
    senderName: 'Grace Hopper',
    senderType: 'agent',
  })
  await poll(async () => (await world.tickets(visitor.sessionId))[0]?.comments.at(-1)).toMatchObject({
    public: false,
    body: expect.stringMatching(/^Grace Hopper .*\nIt is on its way/),
  })
  expect([(await world.thread(visitor.sessionId))?.replies.length, ticket.id]).toEqual([2, expect.any(Number)])
})

it('brings a public comment to the customer and into the thread, and leaves a private one in the ticket', async () => {
  const { visitor, ticket } = await aChat()
  await world.commentInZendesk(ticket.id, 'between us', false)
  await world.commentInZendesk(ticket.id, 'It left yesterday')
  await poll(() => visitor.seen.at(-1)).toMatchObject({ content: 'It left yesterday', senderName: 'Margaret Hamilton' })
  await poll(async () => (await world.thread(visitor.sessionId))?.replies.at(-1)).toMatchObject({
    text: 'It left yesterday',
    username: 'Margaret Hamilton',
  })
  expect((await world.tickets(visitor.sessionId))[0]?.comments.map((comment) => comment.body)).toEqual([
    expect.stringContaining('Where is my order?'),
    'between us',
    'It left yesterday',
  ])
})

it('ends a chat with one public transcript in a solved ticket', async () => {
  const { visitor, thread } = await aChat()
  await world.replyInSlack(thread.root.ts, 'Solved it')
  await poll(() => visitor.seen.length).toBe(2)
  await visitor.socket.emitWithAck('close_chat', { sessionId: visitor.sessionId })
  await poll(async () => (await world.tickets(visitor.sessionId))[0]?.status).toBe('solved')
  const [ticket] = await world.tickets(visitor.sessionId)
  expect(ticket?.comments.filter((comment) => comment.public).map((comment) => comment.body)).toEqual([
    expect.stringMatching(/^Transcript of the chat\n\nAna .*\nWhere is my order\?\n\nGrace Hopper .*\nSolved it$/s),
  ])
  await poll(async () => (await world.thread(visitor.sessionId))?.replies.at(-1)?.text).toBe('_Ana closed the chat._')
})

it('keeps a text of 10,000 characters whole, in parts where the remote wants that', async () => {
  const { visitor } = await aChat()
  const text = `${'<&>🙂x'.repeat(2_000)}`
  await visitor.send(text)
  await poll(
    async () =>
      (await world.thread(visitor.sessionId))?.replies
        .slice(1)
        .map((reply) => reply.text)
        .join('').length,
  ).toBeGreaterThan(30_000)
  const parts = (await world.thread(visitor.sessionId))?.replies.slice(1).map((reply) => reply.text) ?? []
  const joined = parts.join('').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
  expect([joined === text, parts.every((part) => part.length <= 4_000)]).toEqual([true, true])
  await poll(async () => (await world.tickets(visitor.sessionId))[0]?.comments.at(-1)?.body.endsWith(text)).toBe(true)
})
