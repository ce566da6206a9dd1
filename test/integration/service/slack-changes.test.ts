import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWidget } from '../../support/widget.ts'
import { aWorld, channel, type World } from '../../support/world.ts'

let world: World
beforeAll(async () => {
  world = await aWorld()
})
afterAll(() => world.close())

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 60_000, interval: 20 })

const inSlack = (method: string, channel: string, ts: string, body?: object) =>
  fetch(`${world.slack.url}/sandbox/messages/${channel}/${ts}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })

/** A chat with a thread; `read`: what its customer reads of the one who answers. */
async function aChat() {
  const widget = aWidget(world.url)
  widget.send('Where is my order?')
  const thread = async () => world.thread(widget.state().sessionId ?? '')
  await poll(async () => (await thread())?.replies.length).toBe(1)
  const read = () =>
    widget
      .state()
      .conversation.messages.filter(({ senderName }) => senderName === 'Grace Hopper')
      .map(({ content, file, deleted }) => (deleted ? 'deleted' : (file ?? content)))
  return { widget, root: (await thread())?.root.ts ?? '', read }
}

it('changes what the customer reads when a reply is edited in Slack, and takes it away when it is deleted', async () => {
  const { widget, root, read } = await aChat()
  const { ts } = await world.replyInSlack(root, 'It is on its wya')
  await poll(read).toEqual(['It is on its wya'])
  await inSlack('PUT', channel, ts, { text: 'It is on its way' })
  await poll(read).toEqual(['It is on its way'])
  await inSlack('DELETE', channel, ts)
  await poll(read).toEqual(['deleted'])
  widget.stop()
})

it('brings the customer the file that comes with a reply, and what is for the team to nobody else', async () => {
  const { widget, root, read } = await aChat()
  const post = (body: object) =>
    fetch(`${world.slack.url}/sandbox/threads/${channel}/${root}/replies`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const content = Buffer.from('%PDF-1.4\n1 teapot\n%%EOF').toString('base64')
  const file = { name: 'bill.pdf', type: 'application/pdf', content }
  await post({ text: '// not this one', file })
  await post({ text: 'Your bill', file })
  await poll(read).toEqual(['Your bill', expect.objectContaining({ name: 'bill.pdf' })])
  const [, sent] = read()
  const bytes = await (await fetch(typeof sent === 'object' ? sent.url : '')).text()
  expect(bytes).toContain('1 teapot')
  widget.stop()
})
