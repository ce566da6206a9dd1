import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWorld, type World } from '../../support/world.ts'

let world: World
beforeAll(async () => {
  world = await aWorld()
})
afterAll(() => world.close())

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 60_000, interval: 20 })

/** A chat with a thread and a ticket. */
async function aChat() {
  const visitor = await world.visitor()
  await visitor.send('Where is my order?')
  await poll(async () => (await world.thread(visitor.sessionId))?.replies.length).toBe(1)
  await poll(async () => (await world.tickets(visitor.sessionId)).length).toBe(1)
  const thread = await world.thread(visitor.sessionId)
  const [ticket] = await world.tickets(visitor.sessionId)
  if (!thread || !ticket) throw new Error('no thread or no ticket')
  return { visitor, thread, ticket }
}

const opened = async (address: string | null | undefined) => {
  const answer = await fetch(address ?? '')
  const { format, width, height } = await sharp(await answer.arrayBuffer()).metadata()
  return { status: answer.status, format, width, height }
}

it('shows the picture of whoever answers in Slack and in Zendesk, from our own address', async () => {
  const { visitor, thread, ticket } = await aChat()
  await world.replyInSlack(thread.root.ts, 'It is on its way')
  await poll(() => visitor.seen.at(-1)?.content).toBe('It is on its way')
  await world.commentInZendesk(ticket.id, 'It left yesterday')
  await poll(() => visitor.seen.at(-1)?.content).toBe('It left yesterday')
  // A picture that took too long stands beside what its owner says next.
  await world.replyInSlack(thread.root.ts, 'As I said')
  await poll(() => visitor.seen.at(-1)?.content).toBe('As I said')
  await world.commentInZendesk(ticket.id, 'So it did')
  await poll(() => visitor.seen.at(-1)?.content).toBe('So it did')
  const pictures = visitor.seen.slice(-2).map(({ senderPicture }) => senderPicture)
  const square = { status: 200, format: 'webp', width: 96, height: 96 }
  expect([
    pictures.map((address) => address?.startsWith(`${world.url}/api/chat/pictures/`)),
    pictures[0] === pictures[1],
    await Promise.all(pictures.map(opened)),
  ]).toEqual([[true, true], false, [square, square]])
})

it('takes for an agent’s own what somebody with the agent’s email answers there, and tells the other side alone', async () => {
  const [grace, margaret] = [
    await world.agent('Admiral Hopper', 'grace@example.com'),
    await world.agent('Dr Hamilton', 'margaret@example.com'),
  ]
  const { visitor, thread, ticket } = await aChat()
  await world.replyInSlack(thread.root.ts, 'It is on its way')
  await poll(() => visitor.seen.at(-1)).toMatchObject({ senderId: grace.id, senderName: 'Admiral Hopper' })
  await poll(async () => (await world.tickets(visitor.sessionId))[0]?.comments.at(-1)?.body).toMatch(
    /^Admiral Hopper .*\nIt is on its way$/,
  )
  await world.commentInZendesk(ticket.id, 'It left yesterday')
  await poll(() => visitor.seen.at(-1)).toMatchObject({ senderId: margaret.id, senderName: 'Dr Hamilton' })
  await poll(async () => (await world.thread(visitor.sessionId))?.replies.at(-1)).toMatchObject({
    username: 'Dr Hamilton',
    text: 'It left yesterday',
  })
  await visitor.socket.emitWithAck('close_chat', { sessionId: visitor.sessionId })
  await poll(async () => (await world.tickets(visitor.sessionId))[0]?.status).toBe('solved')
  const said = /^(?:.*\n)?(It is on its way|It left yesterday)$/
  const count = (texts: readonly string[]) => texts.filter((text) => said.test(text)).length
  const replies = (await world.thread(visitor.sessionId))?.replies.map(({ text }) => text) ?? []
  const comments = (await world.tickets(visitor.sessionId))[0]?.comments.map(({ body }) => body) ?? []
  expect([count(replies), count(comments)]).toEqual([2, 2])
})
