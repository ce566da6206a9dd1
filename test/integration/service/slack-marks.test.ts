import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWorld, channel, json, type World } from '../../support/world.ts'

let world: World
beforeAll(async () => {
  world = await aWorld()
})
afterAll(() => world.close())

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 60_000, interval: 200 })

/** A chat whose visitor waits for an answer, with its thread. */
async function aChat() {
  const visitor = await world.visitor()
  await visitor.send('Where is my order?')
  await poll(async () => (await world.thread(visitor.sessionId))?.replies.length).toBe(1)
  const root = (await world.thread(visitor.sessionId))?.root.ts ?? ''
  return {
    visitor,
    reply: (text: string) => world.replyInSlack(root, text),
    async signsAt(replies: readonly { ts: string }[]) {
      const posts = await json<{ ts: string; reactions?: string[] }[]>(
        `${world.slack.url}/sandbox/threads/${channel}/${root}`,
      )
      return replies.map(({ ts }) => posts.find((post) => post.ts === ts)?.reactions)
    },
  }
}

it('shows at a reply whether the customer has it, and at a note nothing', async () => {
  const { reply, signsAt } = await aChat()
  const sent = [await reply('It is on its way'), await reply('// gone again?'), await reply(' ')]
  await poll(() => signsAt(sent)).toEqual([['white_check_mark'], undefined, ['warning']])
})

it('shows that the customer has a reply after all once its edit reaches them', async () => {
  const { visitor, reply, signsAt } = await aChat()
  const { ts } = await reply(' ')
  await poll(() => signsAt([{ ts }])).toEqual([['warning']])
  await json(`${world.slack.url}/sandbox/messages/${channel}/${ts}`, { method: 'PUT', body: { text: 'On its way' } })
  await poll(() => signsAt([{ ts }])).toEqual([['white_check_mark']])
  expect(visitor.seen.at(-1)?.content).toBe('On its way')
})
