import { afterEach, expect, it } from 'vitest'
import { loadConfig } from '../../../src/platform/config.ts'
import { aChat, adminKey, type TestChat } from '../../support/chat.ts'

let open: TestChat | undefined
afterEach(async () => {
  await open?.close()
  open = undefined
})

const { zendesk } = loadConfig({
  MONGODB_URL: 'mongodb://localhost',
  REDIS_URL: 'redis://localhost',
  DESKBRIDGE_SECRET: 'a secret of the tests, long enough to sign',
  ZENDESK_URL: 'https://acme.zendesk.com',
  ZENDESK_CLIENT_ID: 'id',
  ZENDESK_CLIENT_SECRET: 'secret',
})
const connected = { config: { ...(zendesk && { zendesk }) } }

const requests = async (chat: TestChat, sessionId: string) =>
  (await chat.events(sessionId)).filter(({ type }) => type === 'ticket_requested')
const ask = (chat: TestChat, sessionId: string, token: string, on = 0) =>
  chat.call('POST', `/api/chat/sessions/${sessionId}/ticket`, { token, body: {}, on })

it('asks for a ticket once in each stretch, whoever asks at once', async () => {
  const chat = (open = await aChat({ nodes: 2, ...connected }))
  const { sessionId, token } = await chat.session()
  const agents = [await chat.agent('Bo'), await chat.agent('Grace')]
  const first = await Promise.all(agents.map((agent, on) => ask(chat, sessionId, agent.token, on)))
  const again = await ask(chat, sessionId, agents[0]?.token ?? '')
  await chat.call('POST', `/api/chat/sessions/${sessionId}/close`, { token, body: {} })
  const later = await ask(chat, sessionId, agents[0]?.token ?? '')
  expect([...first, again, later].map(({ status, body }) => [status, body.seq])).toEqual([
    [200, 2],
    [200, 2],
    [200, 2],
    [200, 4],
  ])
  expect((await requests(chat, sessionId)).map(({ seq, key }) => [seq, key])).toEqual([
    [2, 'auto:ticket:0'],
    [4, 'auto:ticket:3'],
  ])
})

it('lets no visitor ask for one, and nobody where Zendesk is not connected', async () => {
  const chat = (open = await aChat())
  const { sessionId, token } = await chat.session()
  const agent = await chat.agent()
  const answers = [await ask(chat, sessionId, token), await ask(chat, sessionId, agent.token)]
  expect(answers.map(({ status, body }) => [status, body.error.code])).toEqual([
    [403, 'forbidden'],
    [409, 'zendesk_not_configured'],
  ])
  expect(await requests(chat, sessionId)).toEqual([])
})

it('asks for one by itself when nobody has answered for long, in the inboxes that want that', async () => {
  const chat = (open = await aChat(connected))
  const settings = { when: ['unanswered'], unansweredAfter: 1_000 }
  await chat.call('PATCH', '/api/admin/inboxes/default', { token: adminKey, body: { zendesk: settings } })
  const agent = await chat.agent()
  const [waiting, answered, silent] = [await chat.session(), await chat.session(), await chat.session()]
  const elsewhere = await chat.session({ name: 'Ana', inboxKey: 'shop' })
  for (const { sessionId, token } of [waiting, answered, elsewhere]) await chat.say(sessionId, token, 'Hello?')
  await chat.say(answered.sessionId, agent.token, 'Hello')
  await expect
    .poll(() => requests(chat, waiting.sessionId), { timeout: 10_000 })
    .toMatchObject([{ actor: { kind: 'system', rule: 'unanswered' }, key: 'auto:ticket:0' }])
  const others = [answered, silent, elsewhere].map(({ sessionId }) => requests(chat, sessionId))
  expect(await Promise.all(others)).toEqual([[], [], []])
})
