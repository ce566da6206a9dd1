import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWorld, channel, json, type World } from '../../support/world.ts'

let world: World
beforeAll(async () => {
  world = await aWorld({ factor: 0.05 })
})
afterAll(() => world.close())

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 60_000, interval: 100 })

it('shows at a reply to a customer who has left that it waits for them, and that they have it once they are back', async () => {
  const visitor = await world.visitor()
  await visitor.send('Where is my order?')
  await poll(async () => (await world.thread(visitor.sessionId))?.replies.length).toBe(1)
  const root = (await world.thread(visitor.sessionId))?.root.ts ?? ''
  const signAt = async ({ ts }: { ts: string }) => {
    const url = `${world.slack.url}/sandbox/threads/${channel}/${root}`
    return (await json<{ ts: string; reactions?: string[] }[]>(url)).find((post) => post.ts === ts)?.reactions
  }
  const there = await world.replyInSlack(root, 'On its way')
  await poll(() => signAt(there)).toEqual(['white_check_mark'])
  visitor.socket.disconnect()
  const texts = async () => (await world.thread(visitor.sessionId))?.replies.map(({ text }) => text) ?? []
  await poll(texts).toContainEqual(expect.stringContaining('The visitor has left and gave no address'))
  const waiting = await world.replyInSlack(root, 'Are you still there?')
  await poll(() => signAt(waiting)).toEqual(['warning'])
  const whispers = () => json<{ text: string }[]>(`${world.slack.url}/sandbox/whispers`)
  await poll(whispers).toMatchObject([{ text: expect.stringMatching(/^The customer has left the chat/) }])
  const back = world.connect(visitor.token)
  await world.join(back, visitor.sessionId)
  await poll(() => signAt(waiting)).toEqual(['white_check_mark'])
})
