import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { EventKey, type SessionId, type VisitorId } from '../../../src/contract/ids.ts'
import { aChat, type TestChat } from '../../support/chat.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await aChat()
})
afterAll(() => chat.close())

/** A chat with so many messages, all of them projected. */
async function aChatOf(messages: number) {
  const { sessionId, visitorId, token } = await chat.session()
  const { log } = chat.node()
  const actor = { kind: 'visitor', id: visitorId as VisitorId } as const
  for (let index = 1; index <= messages; index += 1) {
    await log.append({
      session: sessionId as SessionId,
      key: EventKey.parse(`test:${index}`),
      decide: () => ({
        append: {
          type: 'message',
          actor,
          origin: 'test',
          body: { messageType: 'text', content: `m${index}`, internal: false },
        },
      }),
    })
  }
  await log.projected()
  return { sessionId, token }
}

/** What opening a chat asks of each collection, and the widest range of positions among it. */
async function openingOf({ sessionId, token }: Awaited<ReturnType<typeof aChatOf>>) {
  const asked: Record<string, number> = {}
  let widest = 0
  const spies = ['messages', 'events'].map((name) => {
    const collection = chat.node().connection.collection(name)
    const find = collection.find.bind(collection)
    return vi.spyOn(collection, 'find').mockImplementation(((
      filter: { seq?: Record<string, number> },
      options: object,
    ) => {
      asked[name] = (asked[name] ?? 0) + 1
      const { $gt, $gte = ($gt ?? 0) + 1, $lte, $lt = ($lte ?? Number.POSITIVE_INFINITY) + 1 } = filter.seq ?? {}
      widest = Math.max(widest, $lt - $gte)
      return find(filter, options)
    }) as never)
  })
  const client = chat.connect(token)
  await client.ask('join_chat', { sessionId })
  for (const spy of spies) spy.mockRestore()
  const page = client.shown.find(({ event }) => event === 'chat_history')?.data.messages as unknown[]
  return { messages: asked.messages, isBounded: widest <= 200, shown: page.length }
}

it('opens a long chat with one read of its messages, as it does a short one', async () => {
  const [short, long] = [await aChatOf(60), await aChatOf(700)]
  expect([await openingOf(short), await openingOf(long)]).toEqual([
    { messages: 1, isBounded: true, shown: 50 },
    { messages: 1, isBounded: true, shown: 50 },
  ])
})
