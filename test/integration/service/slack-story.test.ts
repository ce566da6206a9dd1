import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWidget } from '../../support/widget.ts'
import { adminKey, aWorld, channel, json, type SlackMessage, type World } from '../../support/world.ts'

let world: World
beforeAll(async () => {
  world = await aWorld()
})
afterAll(() => world.close())

interface Thread {
  root: SlackMessage
  replies: SlackMessage[]
}

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

it('goes on in the channel that its inbox has from now on, and takes answers from both threads', async () => {
  const other = 'C0SUPPORT09'
  const headers = { authorization: `Bearer ${adminKey}` }
  const inbox = { key: 'moving', name: 'Moving', allowedOrigins: ['*'] }
  await world.api('/api/admin/inboxes', { method: 'POST', headers, body: inbox })
  await json(`${world.slack.url}/sandbox/state`, { method: 'PUT', body: { joined: [other] } })
  const visitor = await world.visitor({ inboxKey: 'moving' })
  const threadIn = async (id: string) =>
    (await json<Thread[]>(`${world.slack.url}/sandbox/channels/${id}`)).find(
      ({ root }) => root.metadata?.event_payload.session === visitor.sessionId,
    )
  const said = async (id: string) => (await threadIn(id))?.replies.map(({ text }) => text)
  await visitor.send('Where is my order?')
  await poll(() => said(channel)).toEqual(['Where is my order?'])

  await world.api('/api/admin/inboxes/moving', { method: 'PATCH', headers, body: { slack: { channel: other } } })
  await poll(() => said(other)).toEqual([expect.stringMatching(/^_The story so far:_\n.*Where is my order\?$/)])
  expect(await said(channel)).toEqual(['Where is my order?', `_This chat goes on in <#${other}>._`])
  await world.replyInSlack((await threadIn(channel))?.root.ts ?? '', 'Seen in the old one')
  await poll(() => visitor.seen.at(-1)).toMatchObject({ content: 'Seen in the old one', senderType: 'agent' })
})
