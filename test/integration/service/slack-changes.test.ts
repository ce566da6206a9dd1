import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWorld, channel, type World } from '../../support/world.ts'

let world: World
beforeAll(async () => {
  world = await aWorld()
})
afterAll(() => world.close())

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 60_000, interval: 200 })

const inSlack = (method: string, channel: string, ts: string, body?: object) =>
  fetch(`${world.slack.url}/sandbox/messages/${channel}/${ts}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })

/** A chat with a thread; `read`: what its visitor reads. */
async function aChat() {
  const visitor = await world.visitor()
  await visitor.send('Where is my order?')
  await poll(async () => (await world.thread(visitor.sessionId))?.replies.length).toBe(1)
  const root = (await world.thread(visitor.sessionId))?.root.ts ?? ''
  const read = async () => {
    const answer = await fetch(`${world.url}/api/chat/sessions/${visitor.sessionId}/messages`, {
      headers: { authorization: `Bearer ${visitor.token}` },
    })
    const { messages } = (await answer.json()) as { messages: Read[] }
    return messages.filter(({ senderName }) => senderName === 'Grace Hopper')
  }
  return { visitor, root, read }
}

interface Read {
  senderName: string
  content: string
  file?: { name: string; url: string }
}

it('changes what the customer reads when a reply is edited in Slack, and takes it away when it is deleted', async () => {
  const { visitor, root, read } = await aChat()
  const { ts } = await world.replyInSlack(root, 'It is on its wya')
  await poll(() => visitor.seen.at(-1)?.content).toBe('It is on its wya')
  const texts = async () => (await read()).map(({ content }) => content).filter((content) => content !== '')
  await inSlack('PUT', channel, ts, { text: 'It is on its way' })
  await poll(texts).toEqual(['It is on its way'])
  await inSlack('DELETE', channel, ts)
  await poll(texts).toEqual([])
})

it('brings the customer the file that comes with a reply, and what is for the team to nobody else', async () => {
  const { root, read } = await aChat()
  const post = (body: object) =>
    fetch(`${world.slack.url}/sandbox/threads/${channel}/${root}/replies`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const file = { name: 'bill.txt', type: 'text/plain', content: Buffer.from('1 teapot').toString('base64') }
  await post({ text: '// not this one', file })
  await post({ text: 'Your bill', file })
  await poll(async () => (await read()).length).toBe(2)
  const [said, sent] = await read()
  const bytes = await (await fetch(sent?.file?.url ?? '')).text()
  expect([said?.content, sent?.file?.name, bytes]).toEqual(['Your bill', 'bill.txt', '1 teapot'])
})
