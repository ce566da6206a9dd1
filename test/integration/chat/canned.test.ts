import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ShownCanned } from '../../../src/contract/canned.ts'
import { aChat, adminKey, type TestChat } from '../../support/chat.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await aChat()
})
afterAll(() => chat.close())

const path = '/api/admin/canned'
const create = (body: object, token = adminKey) => chat.call('POST', path, { token, body })
const change = (id: string, body: object, token = adminKey) => chat.call('PATCH', `${path}/${id}`, { token, body })
const list = async (query: string, token = adminKey, from = path) =>
  (await chat.call('GET', `${from}?${query}`, { token })).body
const names = async (query: string, token?: string, from?: string) =>
  (await list(query, token, from)).responses.map(({ name }: ShownCanned) => name)

/** Somebody of the team with a role, limited to some inboxes or not. */
async function staff(about: { name: string; role?: string; inboxes?: string[] }) {
  const email = `${about.name.toLowerCase()}-of-canned@example.com`
  const { id } = (await chat.call('POST', '/api/admin/agents', { token: adminKey, body: { ...about, email } })).body
  const { token } = (await chat.call('POST', `/api/admin/agents/${id}/token`, { token: adminKey })).body
  return { id, email, token: token as string }
}

it('keeps what was written, who wrote it and who changed it', async () => {
  const sue = await staff({ name: 'Sue', role: 'supervisor' })
  const made = await create({ name: 'Kept', text: 'As it is', shortcut: 'Kept', tags: ['kept'] })
  const changed = await change(made.body.id, { version: 1, text: 'As it was', isActive: false }, sue.token)
  const admin = { kind: 'admin', id: 'key', name: null }
  const times = { createdAt: expect.any(String), updatedAt: expect.any(String) }
  const kept = { id: made.body.id, inbox: null, name: 'Kept', shortcut: 'Kept', category: null, tags: ['kept'] }
  expect([made.status, made.body, changed.body, await list('q=kept')]).toEqual([
    201,
    { ...kept, ...times, text: 'As it is', isActive: true, version: 1, createdBy: admin, updatedBy: admin },
    {
      ...kept,
      ...times,
      text: 'As it was',
      isActive: false,
      version: 2,
      createdBy: admin,
      updatedBy: { kind: 'agent', id: sue.id, name: 'Sue' },
    },
    { responses: [changed.body], cursor: null },
  ])
})

it('lets only one of many who read the same version change or delete it', async () => {
  const { body } = await create({ name: 'Raced', text: 'first' })
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, index) => change(body.id, { version: 1, text: `by ${index}` })),
  )
  const late = await chat.call('DELETE', `${path}/${body.id}?version=1`, { token: adminKey })
  const refused = answers.filter(({ status }) => status === 409).map((answer) => answer.body.error)
  const taken = answers.find(({ status }) => status === 200)?.body
  const conflict = { code: 'version_conflict', message: expect.any(String), details: { version: 2 } }
  const deleted = await chat.call('DELETE', `${path}/${body.id}?version=2`, { token: adminKey })
  const again = await chat.call('DELETE', `${path}/${body.id}?version=2`, { token: adminKey })
  expect([refused, late.body.error, taken.version, deleted.status, again.status]).toEqual([
    Array(7).fill(conflict),
    conflict,
    2,
    200,
    404,
  ])
})

it('gives a shortcut once in an inbox, without regard to case, and lets an inbox have its own', async () => {
  const first = await create({ name: 'One', text: 'a', shortcut: 'Bye' })
  const own = await create({ name: 'Two', text: 'a', shortcut: 'bye', inbox: 'shop' })
  const taken = await Promise.all([
    create({ name: 'Three', text: 'a', shortcut: 'bYE' }),
    create({ name: 'Four', text: 'a', shortcut: 'BYE', inbox: 'shop' }),
    change(own.body.id, { version: 1, inbox: null }),
  ])
  const raced = await Promise.all(Array.from({ length: 6 }, () => create({ name: 'R', text: 'a', shortcut: 'raced' })))
  const free = await change(first.body.id, { version: 1, shortcut: null })
  const reused = await create({ name: 'Five', text: 'a', shortcut: 'BYE' })
  expect([
    own.status,
    taken.map(({ body }) => body.error.code),
    raced.filter(({ status }) => status === 201).length,
    free.status,
    reused.status,
    await names('shortcut=byE&inbox=shop'),
  ]).toEqual([201, Array(3).fill('already_exists'), 1, 200, 201, ['Five', 'Two']])
})

it('keeps a shortcut to one response through changes that race, and takes back what a dead process has claimed', async () => {
  const { connection } = chat.node()
  const { body } = await create({ name: 'Racer', text: 'a', shortcut: 'from' })
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, n) => change(body.id, { version: 1, shortcut: n % 2 ? 'to' : 'elsewhere' })),
  )
  const has = answers.find(({ status }) => status === 200)?.body.shortcut
  const left = await connection
    .collection<{ _id: string; response: string }>('canned_shortcuts')
    .find({ response: body.id })
    .toArray()
  const dead = { _id: '*/dead', response: body.id, token: 't', at: new Date(Date.now() - 61_000) }
  const alive = { _id: '*/alive', response: body.id, token: 't', at: new Date() }
  await connection.collection<{ _id: string }>('canned_shortcuts').insertMany([dead, alive])
  const taken = await Promise.all(['dead', 'alive', has].map((shortcut) => create({ name: 'T', text: 'a', shortcut })))
  expect([left.map(({ _id }) => _id), taken.map(({ status }) => status)]).toEqual([[`*/${has}`], [201, 409, 409]])
})

it('finds them by name, text, tag, category and the beginning of the last word, page by page', async () => {
  const texts: [string, string, object][] = [
    ['Zebra refund', 'Your money', { category: 'Payment', tags: ['money', 'refund'] }],
    ['apology', 'We are sorry, the refunds are late', { category: 'Payment', tags: ['money'] }],
    ['Müller', 'Straße', {}],
    ['Between', 'alpha zulu', {}],
  ]
  for (const [name, text, more] of texts) await create({ name, text, ...more })
  const pages: string[][] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { responses: ShownCanned[]; cursor: string | null } = await list(
      `category=Payment&limit=1${cursor && `&cursor=${cursor}`}`,
    )
    pages.push(page.responses.map(({ name }) => name))
    cursor = page.cursor
  }
  expect([
    pages,
    await names('q=refund'),
    await names('q=late+ref'),
    await names('q=muller'),
    await names('q=m%C3%BC'),
    await names('q=alpha+m'),
    await names('tags=money'),
    await names('tags=money,refund'),
    (await list('cursor=nonsense')).error.code,
  ]).toEqual([
    [['apology'], ['Zebra refund']],
    ['apology', 'Zebra refund'],
    ['apology'],
    ['Müller'],
    ['Müller'],
    [],
    ['apology', 'Zebra refund'],
    ['Zebra refund'],
    'invalid_input',
  ])
})

it('shows an agent what is switched on, of their inboxes and of all, and lets them write nothing', async () => {
  const [kim, shopkeeper, boss] = [
    await staff({ name: 'Kim', inboxes: ['shop'] }),
    await staff({ name: 'Shopkeeper', role: 'supervisor', inboxes: ['shop'] }),
    await staff({ name: 'Boss', role: 'supervisor' }),
  ]
  const [all, shop, other] = [
    (await create({ name: 'For all', text: 'a', tags: ['seen'] }, boss.token)).body.id,
    (await create({ name: 'For the shop', text: 'a', tags: ['seen'], inbox: 'shop' }, shopkeeper.token)).body.id,
    (await create({ name: 'For others', text: 'a', tags: ['seen'], inbox: 'default' })).body.id,
  ]
  await create({ name: 'Switched off', text: 'a', tags: ['seen'], isActive: false })
  const visitor = await chat.session()
  const refused = await Promise.all([
    create({ name: 'a', text: 'a' }, kim.token),
    chat.call('GET', path, { token: kim.token }),
    create({ name: 'a', text: 'a' }, shopkeeper.token),
    change(all, { version: 1, name: 'x' }, shopkeeper.token),
    change(shop, { version: 1, inbox: null }, shopkeeper.token),
    change(other, { version: 1, name: 'x' }, shopkeeper.token),
    create({ name: 'a', text: 'a', inbox: 'default' }, shopkeeper.token),
    create({ name: 'a', text: 'a', inbox: 'nowhere' }),
    chat.call('GET', '/api/chat/canned', { token: visitor.token }),
    chat.call('GET', `${path}/can_nonsense`, { token: adminKey }),
  ])
  expect([
    await names('tags=seen', kim.token, '/api/chat/canned'),
    await names('tags=seen', boss.token, '/api/chat/canned'),
    await names('tags=seen&inbox=default', boss.token, '/api/chat/canned'),
    await names('tags=seen&isActive=false'),
    refused.map(({ status }) => status),
  ]).toEqual([
    ['For all', 'For the shop'],
    ['For all', 'For others', 'For the shop'],
    ['For all', 'For others'],
    ['Switched off'],
    [403, 403, 403, 403, 403, 404, 404, 404, 403, 404],
  ])
})

it('puts the chat’s values into the text once, as they are', async () => {
  const bo = await staff({ name: 'Bo' })
  const text =
    'Hi {{visitor.name|there}}, {{visitor.plan|free}} {{visitor.phone|-}} by {{agent.name}} of {{inbox.name}}'
  const { body } = await create({ name: 'Rendered', text })
  const { sessionId } = await chat.session({ name: '{{agent.email}}', attributes: { plan: 'pro' } })
  const { sessionId: nameless } = await chat.session({})
  const render = (id: string, session: string, token = bo.token) =>
    chat.call('POST', `/api/chat/canned/${id}/render`, { token, body: { sessionId: session } })
  const [off, shop] = [
    (await create({ name: 'Off', text, isActive: false })).body.id,
    (await create({ name: 'Elsewhere', text, inbox: 'shop' })).body.id,
  ]
  const kim = await staff({ name: 'Kay', inboxes: ['shop'] })
  const refused = await Promise.all([
    render(off, sessionId),
    render(shop, sessionId),
    render(body.id, 'nonsense'),
    render(body.id, sessionId, kim.token),
  ])
  expect([
    (await render(body.id, sessionId)).body,
    (await render(body.id, nameless)).body,
    refused.map(({ status }) => status),
  ]).toEqual([
    { text: 'Hi {{agent.email}}, pro - by Bo of Everyone' },
    { text: 'Hi there, free - by Bo of Everyone' },
    Array(4).fill(404),
  ])
})

it('refuses a variable that nobody knows, and says where it stands', async () => {
  const { body } = await create({ name: 'Right', text: 'a' })
  const answers = await Promise.all([
    create({ name: 'Wrong', text: 'Hi {{visitor}} and {{agent.salary|0}}' }),
    change(body.id, { version: 1, text: 'Hi {{visitor.name' }),
  ])
  expect(answers.map((answer) => [answer.status, answer.body.error.code, answer.body.error.details])).toEqual([
    [
      400,
      'invalid_input',
      [
        { path: 'text', position: 3, problem: 'unknown variable: visitor' },
        { path: 'text', position: 19, problem: 'unknown variable: agent.salary' },
      ],
    ],
    [400, 'invalid_input', [{ path: 'text', position: 3, problem: 'is not closed, or has braces inside' }]],
  ])
})

it('takes a thousand for one inbox and no more', async () => {
  const { connection } = chat.node()
  const fill = Array.from({ length: 1_000 }, (_, n) => ({
    _id: `full${n}`,
    claim: `full${n}`,
    inbox: 'full',
    terms: [],
  }))
  await connection.collection<{ _id: string }>('inboxes').insertOne({ _id: 'full', ...(await anInbox()) } as never)
  await connection.collection<{ _id: string }>('canned_responses').insertMany(fill)
  await expect
    .poll(async () => (await create({ name: 'One more', text: 'a', inbox: 'full' })).body.error.code, {
      timeout: 10_000,
    })
    .toBe('too_many')
})

const anInbox = async () => {
  const stored = await chat.node().connection.collection<{ _id: string }>('inboxes').findOne({ _id: 'shop' })
  const { _id: _, ...inbox } = stored ?? { _id: '' }
  return inbox
}
