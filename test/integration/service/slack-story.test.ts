import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWidget } from '../../support/widget.ts'
import { aWorld, channel, type World } from '../../support/world.ts'

let world: World
beforeAll(async () => {
  world = await aWorld()
})
afterAll(() => world.close())

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 60_000, interval: 20 })

it('goes on in a new thread when its root is deleted: the story so far, then what is new, then answers from there', async () => {
  const widget = aWidget(world.url)
  const thread = () => world.thread(widget.state().sessionId ?? '')
  const said = async () => (await thread())?.replies.map(({ text }) => text)
  const read = () => widget.state().conversation.messages.map(({ content }) => content)
  widget.send('Where is my order?')
  await poll(said).toEqual(['Where is my order?'])
  const root = (await thread())?.root.ts ?? ''
  await world.replyInSlack(root, 'It is on its way')
  await poll(read).toEqual(['Where is my order?', 'It is on its way'])
  await fetch(`${world.slack.url}/sandbox/messages/${channel}/${root}`, { method: 'DELETE' })

  widget.send('Since when?')
  await poll(async () => (await said())?.join('\n')).toMatch(/Where is my order\?\n.*It is on its way\nSince when\?$/)
  await world.replyInSlack((await thread())?.root.ts ?? '', 'Since Monday')
  await poll(read).toEqual(['Where is my order?', 'It is on its way', 'Since when?', 'Since Monday'])
  widget.stop()
})
