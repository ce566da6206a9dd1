import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ConnectorChatPage, ConnectorHealth } from '../../../src/contract/connector-health.ts'
import { doctorCommand } from '../../../src/doctor-command.ts'
import { loadConfig } from '../../../src/platform/config.ts'
import { adminKey, aWorld, type World } from '../../support/world.ts'

let world: World
beforeAll(async () => {
  world = await aWorld({ factor: 0.2, roles: ['api', 'worker'] })
})
afterAll(() => world.close())

const headers = { authorization: `Bearer ${adminKey}` }
const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 60_000, interval: 50 })
const path = '/api/admin/connectors/slack'
const slack = () => world.api<ConnectorHealth>(path, { headers })
const ask = <T = ConnectorHealth>(what: string, body: object = {}) =>
  world.api<T>(`${path}/${what}`, { method: 'POST', headers, body })
const waiting = async () => (await world.api<ConnectorChatPage>(`${path}/chats`, { headers })).chats

/** A chat whose first message is in its thread. */
async function aBroughtChat() {
  const visitor = await world.visitor()
  const said = async () => (await world.thread(visitor.sessionId))?.replies.map(({ text }) => text).join('\n')
  await visitor.send('before')
  await poll(said).toBe('before')
  return { visitor, said }
}

it('shows what waits while Slack is paused, over killed processes, and brings it in order, once, when it is resumed', async () => {
  const { visitor, said } = await aBroughtChat()
  const paused = await ask('pause', { reason: 'the channel moves' })
  for (const text of ['one', 'two']) await visitor.send(text)
  await poll(async () => (await waiting()).map(({ sessionId }) => sessionId)).toEqual([visitor.sessionId])
  await world.kill()
  await world.start()
  await world.join(visitor.socket, visitor.sessionId)
  await visitor.send('three')
  await poll(async () => (await world.tickets(visitor.sessionId))[0]?.comments.at(-1)?.body).toContain('three')
  const during = { said: await said(), slack: await slack() }
  const resumed = await ask('resume')
  await poll(said).toBe('before\none\ntwo\nthree')
  await poll(async () => (await slack()).behind.chats.count).toBe(0)
  const by = { kind: 'admin', id: 'key', name: null }
  const state = { kind: 'paused', by, since: expect.any(String), reason: 'the channel moves' }
  expect({ paused: paused.state, during, resumed: resumed.state }).toEqual({
    paused: state,
    during: {
      said: 'before',
      slack: expect.objectContaining({
        state,
        isConnected: true,
        behind: expect.objectContaining({ chats: { count: 1, isMore: false } }),
        settings: expect.arrayContaining([
          { name: 'SLACK_BOT_TOKEN', isSet: true },
          { name: 'SLACK_APP_TOKEN', isSet: false },
        ]),
      }),
    },
    resumed: { kind: 'working' },
  })
})

it('takes in what is written in Slack while it is paused', async () => {
  const { visitor } = await aBroughtChat()
  await ask('pause')
  await world.replyInSlack((await world.thread(visitor.sessionId))?.root.ts ?? '', 'Seen')
  await poll(() => visitor.seen.at(-1)?.content).toBe('Seen')
  expect(await ask('resume')).toMatchObject({ state: { kind: 'working' } })
})

it('writes down who paused what, and refuses what makes no sense', async () => {
  await ask('pause', { reason: 'a test' })
  const said: string[] = []
  await doctorCommand(loadConfig(world.env), (line) => void said.push(line))
  const refused = await ask<{ error: { code: string } }>('retry')
  await ask('resume')
  const bad = await ask<{ error: { code: string } }>('pause', { until: 'tomorrow' })
  const unknown = await world.api<{ error: { code: string } }>('/api/admin/connectors/teams/pause', {
    method: 'POST',
    headers,
  })
  const { entries } = await world.api<{ entries: unknown[] }>('/api/admin/audit?type=connector&limit=5', { headers })
  const subject = { type: 'connector', id: 'slack' }
  expect(said).toContainEqual(expect.stringMatching(/^! slack is paused since .* by key: a test\n/))
  expect([[refused, bad, unknown].map(({ error }) => error.code), entries]).toMatchObject([
    ['connector_paused', 'invalid_input', 'not_found'],
    [
      { outcome: 'refused' },
      { subject, outcome: 'refused' },
      { subject, path: `${path}/resume`, before: { hold: { reason: 'a test' } }, after: { hold: null } },
      { subject, path: `${path}/retry`, outcome: 'refused' },
      { subject, path: `${path}/pause`, outcome: 'done', after: { hold: { reason: 'a test' } } },
    ],
  ])
})
