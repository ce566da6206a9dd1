import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWorld, channel, type World } from '../../support/world.ts'

let world: World
beforeAll(async () => {
  world = await aWorld()
})
afterAll(() => world.close())

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 60_000, interval: 200 })

it('shows at a reply whether the customer has it, and at a note nothing', async () => {
  const visitor = await world.visitor()
  await visitor.send('Where is my order?')
  await poll(async () => (await world.thread(visitor.sessionId))?.replies.length).toBe(1)
  const root = (await world.thread(visitor.sessionId))?.root.ts ?? ''
  const sent: { ts: string }[] = []
  for (const text of ['It is on its way', '// gone again?', ' ']) sent.push(await world.replyInSlack(root, text))
  const shown = async () => {
    const thread = await fetch(`${world.slack.url}/sandbox/threads/${channel}/${root}`)
    const posts = (await thread.json()) as { ts: string; reactions?: string[] }[]
    return sent.map(({ ts }) => posts.find((post) => post.ts === ts)?.reactions)
  }
  await poll(shown).toEqual([['white_check_mark'], undefined, ['warning']])
})
