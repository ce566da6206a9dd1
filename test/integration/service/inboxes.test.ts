import { afterAll, beforeAll, expect, it } from 'vitest'
import { adminKey, aWorld, channel, type SlackMessage, type World } from '../../support/world.ts'

const shopChannel = 'C0SHOP0001'
const inboxes = [
  {
    key: 'shop',
    slack: { channel: shopChannel },
    zendesk: { brandId: '11', groupId: '22', formId: '33', tags: ['shop'] },
  },
  { key: 'astray', slack: { channel: 'C0NOWHERE1' } },
  { key: 'night', hours: { timeZone: 'UTC', weekly: {} }, outsideHours: { text: 'We are shut.' } },
]

let world: World
beforeAll(async () => {
  world = await aWorld()
  await inSlack('/sandbox/state', 'PUT', { joined: [shopChannel] })
  const headers = { authorization: `Bearer ${adminKey}` }
  for (const inbox of inboxes) {
    const body = { name: 'An inbox', allowedOrigins: ['*'], ...inbox }
    await world.api('/api/admin/inboxes', { method: 'POST', headers, body })
  }
})
afterAll(() => world.close())

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 60_000, interval: 20 })

async function inSlack<T>(path: string, method = 'GET', body?: object): Promise<T> {
  const headers = { 'content-type': 'application/json' }
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) }
  return (await fetch(`${world.slack.url}${path}`, init)).json() as Promise<T>
}

/** The channels in which a chat has a thread. */
async function channelsOf(sessionId: string): Promise<string[]> {
  const found: string[] = []
  for (const id of [channel, shopChannel]) {
    const threads = await inSlack<{ root: SlackMessage }[]>(`/sandbox/channels/${id}`)
    if (threads.some(({ root }) => root.metadata?.event_payload.session === sessionId)) found.push(id)
  }
  return found
}

it('brings each inbox’s chats into its own channel and its own place in Zendesk, and answers back from there', async () => {
  const shopping = await world.visitor({ inboxKey: 'shop' })
  const asking = await world.visitor({})
  await Promise.all([shopping, asking].map((visitor) => visitor.send('Where is my order?')))
  const all = [shopping, asking].map(({ sessionId }) => sessionId)
  await poll(() => Promise.all(all.map(channelsOf))).toEqual([[shopChannel], [channel]])
  await poll(() => Promise.all(all.map((sessionId) => world.tickets(sessionId)))).toMatchObject([
    [{ brand_id: 11, group_id: 22, ticket_form_id: 33, tags: ['chat', `session-${all[0]}`, 'shop'] }],
    [{ brand_id: null, group_id: null, ticket_form_id: null, tags: ['chat', `session-${all[1]}`] }],
  ])
  const [thread] = await inSlack<{ root: SlackMessage }[]>(`/sandbox/channels/${shopChannel}`)
  await inSlack(`/sandbox/threads/${shopChannel}/${thread?.root.ts}/replies`, 'POST', { text: 'On its way' })
  await poll(() => shopping.seen.at(-1)).toMatchObject({ content: 'On its way', senderType: 'agent' })
})

it('keeps a channel that is not there from holding up other inboxes, and brings the chat once there is one', async () => {
  const lost = await world.visitor({ inboxKey: 'astray' })
  await lost.send('Anybody?')
  await poll(() => world.lines.some((line) => line.includes('channel_not_found'))).toBe(true)
  const other = await world.visitor({})
  await other.send('Hello')
  await poll(() => channelsOf(other.sessionId)).toEqual([channel])
  const headers = { authorization: `Bearer ${adminKey}` }
  await world.api('/api/admin/inboxes/astray', { method: 'PATCH', headers, body: { slack: { channel: shopChannel } } })
  await poll(() => channelsOf(lost.sessionId)).toEqual([shopChannel])
})

it('makes a ticket of what is left outside the hours, which stays open when the visitor goes and takes an answer', async () => {
  const visitor = await world.visitor({ inboxKey: 'night', name: 'Ana', email: 'ana@example.com' })
  await visitor.send('Please call me')
  await poll(async () => (await world.tickets(visitor.sessionId)).length).toBe(1)
  await visitor.socket.emitWithAck('close_chat', { sessionId: visitor.sessionId })
  const ticket = async () => (await world.tickets(visitor.sessionId))[0]
  await poll(async () => (await ticket())?.comments.at(-1)?.body).toMatch(/^The visitor left/)
  await world.commentInZendesk((await ticket())?.id ?? 0, 'I called you')
  await poll(() => visitor.seen.at(-1)?.content).toBe('I called you')
  const left = await ticket()
  expect([left?.status, left?.requester.email, left?.comments.map(({ public: isPublic }) => isPublic)]).toEqual([
    'new',
    'ana@example.com',
    [false, false, true],
  ])
})
