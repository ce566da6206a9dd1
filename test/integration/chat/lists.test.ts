import { afterEach, expect, it } from 'vitest'
import type { ChatListPage, ListedChats } from '../../../src/contract/lists.ts'
import { aChat, adminKey, type ChatOptions, type TestChat } from '../../support/chat.ts'

const chats: TestChat[] = []
afterEach(async () => {
  for (const chat of chats.splice(0)) await chat.close()
})

const slowly = { timeout: 20_000 }

async function aTeam(options: ChatOptions = {}) {
  const chat = await aChat(options)
  chats.push(chat)
  const bo = await chat.agent('Bo', { role: 'supervisor' })
  await chat.call('PUT', '/api/chat/agents/me/status', { token: bo.token, body: { status: 'online' } })
  const visitor = async (name: string, texts: readonly string[], more: object = {}) => {
    const started = await chat.session({ name, ...more })
    for (const text of texts) await chat.say(started.sessionId, started.token, text)
    return started
  }
  const act = (what: string, sessionId: string, body: object = {}) =>
    chat.call('POST', `/api/chat/sessions/${sessionId}/${what}`, { token: bo.token, body })
  const page = async (list: string, query = '', token = bo.token): Promise<ChatListPage> => {
    await chat.node().log.projected()
    return (await chat.call('GET', `/api/chat/lists/${list}${query}`, { token })).body
  }
  const names = async (list: string, token = bo.token) =>
    (await page(list, '', token)).chats.map(({ session }) => session.visitor.name)
  const line = async (sessionId: string, token = bo.token, on = 0) =>
    ((await chat.call('GET', `/api/chat/lists?ids=${sessionId}`, { token, on })).body as ListedChats).chats[0]
  return { chat, bo, visitor, act, page, names, line }
}

it('lists what waits by its waiting time, and what is mine, open and closed by what was said last', async () => {
  const { visitor, act, names, page } = await aTeam()
  const ana = await visitor('Ana', ['one'])
  const cleo = await visitor('Cleo', ['two'])
  const dan = await visitor('Dan', ['three'])
  await visitor('Silent', [])
  await visitor('Eve', ['four'])
  await act('take', ana.sessionId)
  await act('take', cleo.sessionId)
  await act('close', dan.sessionId)
  expect({
    queue: await names('queue'),
    mine: await names('mine'),
    all: await names('all'),
    closed: await names('closed'),
    total: (await page('all')).total,
    unknown: (await page('none')) as unknown,
  }).toMatchObject({
    queue: ['Eve'],
    mine: ['Cleo', 'Ana'],
    all: ['Eve', 'Cleo', 'Ana'],
    closed: ['Dan'],
    total: 3,
    unknown: { error: { code: 'not_found' } },
  })
})

it('pages through the queue from the longest waiting on, each chat once', async () => {
  const { visitor, page } = await aTeam()
  const all: string[] = []
  for (const n of [1, 2, 3, 4, 5]) all.push((await visitor(`Ana ${n}`, ['hello'])).sessionId)
  const found: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const next: ChatListPage = await page('queue', `?limit=2${cursor ? `&cursor=${cursor}` : ''}`)
    found.push(...next.chats.map(({ session }) => session.sessionId))
    cursor = next.cursor
  }
  expect([found, (await page('queue', '?limit=2')).total]).toEqual([all, 5])
})

it('shows of a chat what was said last, whether that was read, and until when an answer is owed', async () => {
  const { chat, bo, visitor, act, line } = await aTeam()
  const { sessionId } = await visitor('Ana', ['where is my order?'])
  const waiting = await line(sessionId)
  await act('take', sessionId)
  const answering = chat.connect(bo.token)
  await answering.ask('join_chat', { sessionId })
  const history = answering.shown.find(({ event }) => event === 'chat_history')?.data as unknown as {
    messages: { id: string }[]
  }
  await answering.ask('message_read', { sessionId, messageId: history.messages[0]?.id })
  const read = await line(sessionId)
  await answering.ask('send_message', chat.aMessage(sessionId, 'on its way'))
  await answering.ask('send_message', chat.aMessage(sessionId, 'a note', { isInternal: true }))
  const answered = await line(sessionId)
  const since = Date.parse(waiting?.session.waitingSince ?? '')
  expect([
    waiting?.isUnread,
    waiting?.last?.text,
    waiting?.inboxName,
    Date.parse(waiting?.dueAt ?? '') - since,
  ]).toEqual([true, 'where is my order?', expect.any(String), 120_000])
  expect([read?.isUnread, read?.session.assignee?.name]).toEqual([false, 'Bo'])
  expect(answered).toMatchObject({
    isUnread: false,
    dueAt: null,
    last: { by: 'agent', name: 'Bo', text: 'on its way' },
  })
})

it('rings for the agents of an inbox on every node, and for nobody else', async () => {
  const { chat, bo, visitor, line } = await aTeam({ nodes: 2 })
  const { id } = (
    await chat.call('POST', '/api/admin/agents', {
      token: adminKey,
      body: { name: 'Cy', email: 'cy@example.com', inboxes: ['shop'], capacity: 0 },
    })
  ).body
  const { token: ofShop } = (await chat.call('POST', `/api/admin/agents/${id}/token`, { token: adminKey })).body
  const [near, far, shop] = [chat.connect(bo.token), chat.connect(bo.token, 1), chat.connect(ofShop, 1)]
  const mine = await visitor('Ana', [])
  const there = chat.connect(mine.token)
  const all = [near, far, shop, there]
  await expect.poll(() => all.every(({ socket }) => socket.connected), slowly).toBe(true)
  await chat.say(mine.sessionId, mine.token, 'hello')
  const rung = (client: (typeof all)[number]) =>
    client.shown.filter(({ event }) => event === 'chats_changed').flatMap(({ data }) => data.sessionIds)
  await expect.poll(() => [near, far].every((one) => rung(one).includes(mine.sessionId)), slowly).toBe(true)
  expect([rung(shop), rung(there), await line(mine.sessionId, ofShop, 1)]).toEqual([[], [], undefined])
  expect((await line(mine.sessionId, bo.token, 1))?.last?.text).toBe('hello')
})

it('tells nobody of a supervisor who reads along', async () => {
  const { chat, bo, visitor } = await aTeam()
  const ana = await visitor('Ana', ['hello'])
  const there = chat.connect(ana.token)
  await there.ask('join_chat', { sessionId: ana.sessionId })
  const before = await chat.written()
  const reading = chat.connect(bo.token)
  const joined = await reading.ask('join_chat', { sessionId: ana.sessionId })
  reading.socket.close()
  // Whatever her going might have caused has been said by then.
  const joining = chat.connect(bo.token)
  await joining.ask('agent_join', { sessionId: ana.sessionId })
  joining.socket.close()
  const said = () => there.shown.map(({ event }) => event).filter((event) => event.startsWith('agent_'))
  await expect.poll(said, slowly).toEqual(['agent_joined', 'agent_left'])
  expect([joined.ok, await chat.written()]).toEqual([true, before + 1])
})

it('tells agents who else looks at a chat, but for supervisors who read along', async () => {
  const { chat, bo, visitor } = await aTeam({ nodes: 2 })
  const ana = await visitor('Ana', ['hello'])
  const [cy, dee] = [await chat.agent('Cy'), await chat.agent('Dee')]
  const here = (client: ReturnType<TestChat['connect']>) => {
    const told = client.shown.findLast(({ event }) => event === 'agents_here')?.data
    return ((told?.agents ?? []) as { name: string }[]).map(({ name }) => name).sort()
  }
  const there = chat.connect(ana.token)
  const [first, second, silent] = [chat.connect(cy.token), chat.connect(dee.token, 1), chat.connect(bo.token, 1)]
  for (const one of [there, first, second, silent]) await one.ask('join_chat', { sessionId: ana.sessionId })
  await expect.poll(() => [here(first), here(second), here(silent)], slowly).toEqual(Array(3).fill(['Cy', 'Dee']))
  second.socket.close()
  await expect.poll(() => here(first), slowly).toEqual(['Cy'])
  expect(there.shown.map(({ event }) => event)).not.toContain('agents_here')
})

it('takes what a page asks by itself for no sign of life', async () => {
  const { chat } = await aTeam({ limits: { agentAwayAfter: 1_000 }, times: { heartbeat: 200, sweepAgents: 100 } })
  const cy = await chat.agent('Cy')
  chat.connect(cy.token)
  const status = async (headers: HeadersInit = {}) => {
    const { body } = await chat.call('GET', '/api/chat/agents', { token: cy.token, headers })
    return body.agents.find(({ id }: { id: string }) => id === cy.id).status
  }
  await expect.poll(() => status({ 'x-deskbridge-by-itself': '1' }), slowly).toBe('away')
  await status()
  await expect.poll(() => status({ 'x-deskbridge-by-itself': '1' }), slowly).toBe('online')
})
