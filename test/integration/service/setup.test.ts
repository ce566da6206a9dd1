import { afterAll, beforeAll, expect, it } from 'vitest'
import type { QueueList } from '../../../src/contract/queue.ts'
import type { Setup } from '../../../src/contract/setup.ts'
import { adminKey, aWorld, type World } from '../../support/world.ts'

let world: World
beforeAll(async () => {
  world = await aWorld({ roles: ['api', 'worker'], env: { SMTP_URL: 'smtp://127.0.0.1:1', SMTP_FROM: 'a@b.example' } })
})
afterAll(() => world.close())

const headers = { authorization: `Bearer ${adminKey}` }

it('says of each step of setting up how far it is, and what to do next', async () => {
  await world.api('/api/admin/agents', {
    method: 'POST',
    headers,
    body: { name: 'Ada', email: 'ada@example.com', role: 'admin' },
  })
  await world.api('/api/admin/inboxes', {
    method: 'POST',
    headers,
    body: { key: 'shop', name: 'Shop', allowedOrigins: ['https://shop.example'] },
  })
  const visit = (page: string) => fetch(`${world.url}/widget/frame?inbox=shop`, { headers: { referer: page } })
  await visit('https://another.example/')
  await visit('https://shop.example/cart?item=7')
  const { steps } = await world.api<Setup>('/api/admin/setup', { headers })
  expect(steps.map(({ id, state, found, next }) => [id, state, found, next])).toEqual([
    ['public_url', 'todo', `PUBLIC_URL is ${world.url}`, expect.stringContaining('Set PUBLIC_URL')],
    ['team', 'done', '1 active accounts, 1 of them of administrators', null],
    ['slack', 'failing', `Slack cannot reach ${world.url}`, expect.stringContaining('Set PUBLIC_URL')],
    ['zendesk', 'failing', expect.any(String), expect.any(String)],
    ['widget', 'done', expect.stringMatching(/^last seen on https:\/\/shop\.example at .*, for the inbox shop$/), null],
    ['mail', 'failing', expect.stringMatching(/^127\.0\.0\.1 does not answer on port 1: /), expect.any(String)],
  ])
})

it('shows the queues and who takes from them', async () => {
  const queues = () => world.api<QueueList>('/api/admin/queues', { headers })
  await expect.poll(async () => (await queues()).workers, { timeout: 20_000 }).toBe(1)
  expect((await queues()).queues).toEqual(
    ['drains', 'webhooks'].map((name) => expect.objectContaining({ name, state: 'working' })),
  )
})

it.each(['connectors', 'queues', 'setup'])(
  'shows %s to nobody else, and not to an administrator of some inboxes',
  async (what) => {
    const body = { name: 'Bo', email: `${what}@example.com`, role: 'admin', inboxes: ['default'] }
    const { id } = await world.api<{ id: string }>('/api/admin/agents', { method: 'POST', headers, body })
    const { token } = await world.api<{ token: string }>(`/api/admin/agents/${id}/token`, { method: 'POST', headers })
    const visitor = await world.session()
    const tokens = [token, visitor.token, 'wrong']
    const answers = await Promise.all(
      tokens.map((one) => fetch(`${world.url}/api/admin/${what}`, { headers: { authorization: `Bearer ${one}` } })),
    )
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 401])
  },
)

it('tells of each route in the OpenAPI document what it is for', async () => {
  const { paths } = await world.api<{ paths: Record<string, object> }>('/api/openapi.json')
  const ours = Object.keys(paths).filter((path) => /^\/api\/admin\/(connectors|queues|setup)/.test(path))
  expect(ours.sort()).toEqual([
    '/api/admin/connectors',
    '/api/admin/connectors/{name}',
    '/api/admin/connectors/{name}/chats',
    '/api/admin/connectors/{name}/chats/{session}/retry',
    '/api/admin/connectors/{name}/pause',
    '/api/admin/connectors/{name}/resume',
    '/api/admin/connectors/{name}/retry',
    '/api/admin/queues',
    '/api/admin/setup',
  ])
})
