import { afterAll, beforeAll, expect, it } from 'vitest'
import { aChat, adminKey, type TestChat } from '../../support/chat.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await aChat()
})
afterAll(() => chat.close())

const list = async (query: string, token = adminKey) =>
  (await chat.call('GET', `/api/chat/sessions?${query}`, { token })).body

const inShop = (more: object = {}) => chat.session({ inboxKey: 'default', ...more })

it('pages through chats, newest first, without a repetition or a gap', async () => {
  const started: string[] = []
  for (let n = 0; n < 7; n += 1) started.unshift((await inShop()).sessionId)
  await chat.node().log.projected()
  const found: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { sessions: { sessionId: string }[]; cursor: string | null } = await list(
      `limit=3${cursor ? `&cursor=${cursor}` : ''}`,
    )
    found.push(...page.sessions.map(({ sessionId }) => sessionId))
    cursor = page.cursor
  }
  expect(found.filter((id) => started.includes(id))).toEqual(started)
  expect((await list('cursor=nonsense')).error.code).toBe('invalid_input')
})

it('finds them by visitor, agent, status, tag and time', async () => {
  const { sessionId, token, visitorId } = await inShop()
  const agent = await chat.agent('Dee')
  const answering = chat.connect(agent.token)
  await answering.ask('agent_join', { sessionId })
  await answering.ask('send_message', chat.aMessage(sessionId, 'hello'))
  const tagged = await chat.call('PUT', `/api/chat/sessions/${sessionId}/tags`, {
    token: agent.token,
    body: { tags: ['refund', 'vip', 'refund'] },
  })
  const later = await chat.call('POST', '/api/chat/sessions', { token, body: {} })
  await chat.node().log.projected()
  const ids = async (query: string) => (await list(query)).sessions.map((one: { sessionId: string }) => one.sessionId)
  const past = encodeURIComponent(new Date(Date.now() - 3_600_000).toISOString())
  expect([
    tagged.body.tags,
    await ids(`visitor=${visitorId}`),
    await ids(`agent=${agent.id}`),
    await ids('tag=vip&status=active'),
    await ids('tag=vip&status=closed'),
    await ids(`visitor=${visitorId}&to=${past}`),
  ]).toEqual([['refund', 'vip'], [later.body.sessionId, sessionId], [sessionId], [sessionId], [], []])
})

it('shows an agent the chats of their inboxes alone, in lists and one by one', async () => {
  const { sessionId } = await inShop()
  const { body } = await chat.call('POST', '/api/admin/agents', {
    token: adminKey,
    body: { name: 'Fay', email: 'fay@example.com', inboxes: ['shop'] },
  })
  const { token } = (await chat.call('POST', `/api/admin/agents/${body.id}/token`, { token: adminKey })).body
  await chat.node().log.projected()
  const paths = ['', '/messages', '/search?q=a', '/stream'].map((path) => `/api/chat/sessions/${sessionId}${path}`)
  const answers = await Promise.all(paths.map((path) => chat.call('GET', path, { token })))
  const ack = await chat.connect(token).ask('agent_join', { sessionId })
  expect([(await list('', token)).sessions, answers.map(({ status }) => status), ack.error.code]).toEqual([
    [],
    [404, 404, 404, 404],
    'not_found',
  ])
})

it('is not for visitors', async () => {
  const { token } = await inShop()
  expect((await chat.call('GET', '/api/chat/sessions', { token })).status).toBe(403)
})

it('takes a rating of each closing once, from the visitor', async () => {
  const { sessionId, token } = await inShop()
  const agent = await chat.agent('Gus')
  const rate = (by: string, score: number) =>
    chat.call('POST', `/api/chat/sessions/${sessionId}/rating`, { token: by, body: { score } })
  const close = () => chat.call('POST', `/api/chat/sessions/${sessionId}/close`, { token })
  const early = await rate(token, 5)
  await close()
  const first = [await rate(agent.token, 1), await rate(token, 6), await rate(token, 4), await rate(token, 2)]
  const { sessionId: _, ...again } = chat.aMessage(sessionId, 'again')
  await chat.call('POST', `/api/chat/sessions/${sessionId}/messages`, { token, body: again })
  const open = await rate(token, 3)
  await close()
  const second = await rate(token, 1)
  const ratings = (await chat.events(sessionId)).flatMap((event) => (event.type === 'rated' ? [event.body] : []))
  expect([early.body.error.code, first.map(({ status }) => status), open.body.error.code, second.status]).toEqual([
    'not_closed',
    [403, 400, 201, 409],
    'not_closed',
    201,
  ])
  expect(ratings.map(({ score }) => score)).toEqual([4, 1])
  expect(new Set(ratings.map(({ resolution }) => resolution)).size).toBe(2)
})
