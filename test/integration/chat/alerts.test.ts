import { afterEach, expect, it } from 'vitest'
import { loadConfig } from '../../../src/platform/config.ts'
import { aChat, adminKey, type TestChat } from '../../support/chat.ts'

let open: TestChat | undefined
afterEach(async () => {
  await open?.close()
  open = undefined
})

const { slack } = loadConfig({
  MONGODB_URL: 'mongodb://localhost',
  REDIS_URL: 'redis://localhost',
  DESKBRIDGE_SECRET: 'a secret of the tests, long enough to sign',
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_SIGNING_SECRET: 'signing',
  SLACK_CHANNEL: 'C0SUPPORT01',
})
const alerts = [{ after: 1_000, every: 1_000, most: 2, mention: 'here' }]

const alertsIn = async (chat: TestChat, sessionId: string) =>
  (await chat.events(sessionId)).filter(({ type }) => type === 'alerted')
const change = (chat: TestChat, settings: object) =>
  chat.call('PATCH', '/api/admin/inboxes/default', { token: adminKey, body: { slack: settings } })

it('calls the team as often as the inbox says, whichever node does it, and never where somebody has answered', async () => {
  const chat = (open = await aChat({ nodes: 2, config: { ...(slack && { slack }) } }))
  await change(chat, { alerts })
  const agent = await chat.agent()
  const [waiting, answered] = [await chat.session(), await chat.session()]
  for (const { sessionId, token } of [waiting, answered]) await chat.say(sessionId, token, 'Hello?')
  await chat.say(answered.sessionId, agent.token, 'Hello')
  await expect.poll(() => alertsIn(chat, waiting.sessionId), { timeout: 20_000 }).toHaveLength(2)
  const told = await alertsIn(chat, waiting.sessionId)
  const [first] = told
  const since = first?.type === 'alerted' ? first.body.waitingSince : new Date(0)
  expect(told).toMatchObject(
    [1, 2].map((nth) => ({
      key: `auto:alert:${since.getTime()}:1000:${nth}`,
      actor: { kind: 'system', rule: 'alert' },
      body: { waitingSince: since, rule: 1_000, nth, mention: 'here' },
    })),
  )
  expect(await alertsIn(chat, answered.sessionId)).toEqual([])
})

it('refuses two alerts after one time, and a mention that is none', async () => {
  const chat = (open = await aChat())
  const wrong = [{ alerts: [{ after: 1_000 }, { after: 1_000 }] }, { alerts: [{ after: 1_000, mention: '@grace' }] }]
  const answers = await Promise.all(wrong.map((settings) => change(chat, settings)))
  expect(answers.map(({ status, body }) => [status, body.error.code])).toEqual([
    [400, 'invalid_input'],
    [400, 'invalid_input'],
  ])
})
