import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aChat, type TestChat } from '../../support/chat.ts'
import { aBrowser, anAccount, password } from '../../support/signed-in.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await aChat({ nodes: 2 })
})
afterAll(() => chat.close())

const slowly = { timeout: 10_000 }
const works = async (token: string, index = 0) =>
  (await fetch(`${chat.node(index).url}/api/chat/sessions`, { headers: { authorization: `Bearer ${token}` } })).status

it('signs in with a password, however the email is written, and opens requests and the socket with a token', async () => {
  const { id, email } = await anAccount(chat)
  const browser = aBrowser(chat)
  const answer = await browser.signIn(email.toUpperCase())
  const token = await browser.token()
  const { sessionId } = await chat.session()
  const joined = await chat.connect(token, 1).ask('agent_join', { sessionId })
  expect([answer, await works(token), await works(token, 1), joined.ok]).toEqual([
    { status: 200, body: { agent: { id, name: 'Bo', role: 'agent', inboxes: [] } } },
    200,
    200,
    true,
  ])
})

it('answers an unknown email, a wrong password, an account without one and an inactive one alike, and as slowly', async () => {
  const { email } = await anAccount(chat)
  const without = await anAccount(chat, { password: undefined })
  const inactive = await anAccount(chat)
  await inactive.admin('POST', '/deactivate')
  const attempts = [
    { email: 'nobody@example.com', password },
    { email, password: 'not the right password' },
    { email: without.email, password },
    { email: inactive.email, password },
  ]
  const answers = new Set<string>()
  // The work of this process, hashing above all: the clock would tell of the machine's other work as well.
  const least = attempts.map(() => Number.POSITIVE_INFINITY)
  for (let round = 0; round < 3; round += 1) {
    for (const [index, attempt] of attempts.entries()) {
      const before = process.cpuUsage()
      const response = await aBrowser(chat).send('POST', '/api/auth/sign-in', attempt)
      least[index] = Math.min(least[index] ?? 0, process.cpuUsage(before).user)
      answers.add(JSON.stringify([response.status, await response.json(), response.headers.getSetCookie()]))
    }
  }
  expect([[...answers].map((answer) => JSON.parse(answer)), Math.max(...least) < 2 * Math.min(...least)]).toEqual([
    [[401, { error: { code: 'sign_in_failed', message: expect.any(String) } }, []]],
    true,
  ])
})

it('keeps the cookie from scripts, from other sites and from lines in the clear', async () => {
  const { email } = await anAccount(chat)
  const response = await aBrowser(chat).send('POST', '/api/auth/sign-in', { email, password })
  const [cookie = ''] = response.headers.getSetCookie()
  const attributes = cookie.split('; ').slice(1).sort()
  expect([cookie.split('=')[0], attributes, await response.text(), response.headers.get('cache-control')]).toEqual([
    '__Secure-deskbridge.session_token',
    ['HttpOnly', 'Max-Age=604800', 'Path=/', 'SameSite=Lax', 'Secure'],
    expect.not.stringContaining('token'),
    'no-store',
  ])
})

it('does nothing for a page of another site, with the cookie or without', async () => {
  const account = await anAccount(chat)
  const browser = await account.browser()
  const elsewhere = { origin: 'https://chat.example.evil.example' }
  const asked = [
    ['POST', '/api/auth/sign-in', { email: account.email, password }],
    ['POST', '/api/auth/token', {}],
    ['POST', '/api/auth/sign-out', {}],
    ['PUT', '/api/auth/password', { current: password, password: 'another long password' }],
    ['DELETE', '/api/auth/sessions', undefined],
  ] as const
  const refused = []
  for (const [method, path, body] of asked)
    for (const headers of [elsewhere, { origin: 'null' }])
      refused.push((await browser.ask(method, path, body, headers)).status)
  expect([new Set(refused), await browser.isSignedIn()]).toEqual([new Set([403]), true])
})

it('shows one’s own sessions and ends one of them, with its tokens and its sockets on every node', async () => {
  const account = await anAccount(chat)
  const [desk, phone] = [await account.browser(), await account.browser(1)]
  const token = await phone.token()
  const { socket } = chat.connect(token, 1)
  await expect.poll(() => socket.connected, slowly).toBe(true)
  const { body } = await desk.ask('GET', '/api/auth/sessions')
  const other = body.sessions.find(({ current }: { current: boolean }) => !current)
  const stranger = await (await anAccount(chat)).browser()
  const byStranger = await stranger.ask('DELETE', `/api/auth/sessions/${other.id}`)
  const ended = await desk.ask('DELETE', `/api/auth/sessions/${other.id}`)
  await expect.poll(() => socket.connected, slowly).toBe(false)
  await expect.poll(() => works(token, 1), slowly).toBe(401)
  expect({
    sessions: body.sessions.length,
    other,
    statuses: [byStranger.status, ended.status, (await phone.ask('POST', '/api/auth/token')).status],
    left: [await desk.isSignedIn(), await phone.isSignedIn()],
  }).toEqual({
    sessions: 2,
    other: {
      id: expect.any(String),
      current: false,
      ip: expect.stringContaining('127.0.0.1'),
      userAgent: 'node',
      createdAt: expect.any(String),
      expiresAt: expect.any(String),
    },
    statuses: [404, 204, 401],
    left: [true, false],
  })
})

it.each([
  ['their owner', async (_: Account, desk: Browser) => desk.ask('DELETE', '/api/auth/sessions')],
  ['an administrator', async (account: Account) => account.admin('DELETE', '/sessions')],
  [
    'a password that an administrator sets',
    async (account: Account) => account.admin('PUT', '/password', { password }),
  ],
])('ends all sessions of an agent by %s', async (_, end) => {
  const account = await anAccount(chat)
  const browsers = [await account.browser(), await account.browser(1)]
  const token = await browsers[1]?.token()
  const { status } = await end(account, browsers[0] as Browser)
  const left = await Promise.all(browsers.map((browser) => browser.isSignedIn()))
  await expect.poll(() => works(token ?? ''), slowly).toBe(401)
  expect([status, left]).toEqual([204, [false, false]])
})
type Account = Awaited<ReturnType<typeof anAccount>>
type Browser = ReturnType<typeof aBrowser>

it('signs out this browser and no other', async () => {
  const account = await anAccount(chat)
  const [desk, phone] = [await account.browser(), await account.browser()]
  const before = new Map(desk.jar)
  await desk.ask('POST', '/api/auth/sign-out')
  const stolen = aBrowser(chat)
  for (const [name, value] of before) stolen.jar.set(name, value)
  expect([await desk.isSignedIn(), await stolen.isSignedIn(), await phone.isSignedIn(), desk.jar.size]).toEqual([
    false,
    false,
    true,
    0,
  ])
})

it('changes the password for who knows it, and signs out every other browser', async () => {
  const account = await anAccount(chat)
  const [desk, phone] = [await account.browser(), await account.browser()]
  const change = (current: string, next: string) => desk.ask('PUT', '/api/auth/password', { current, password: next })
  const wrong = await change('not the right password', 'a new long password')
  const short = await change(password, 'too short')
  const right = await change(password, 'a new long password')
  const fresh = aBrowser(chat)
  expect({
    answers: [wrong, short, right].map(({ status, body }) => [status, body?.error.code]),
    signedIn: [await desk.isSignedIn(), await phone.isSignedIn()],
    old: (await fresh.signIn(account.email)).status,
    new: (await fresh.signIn(account.email, 'a new long password')).status,
  }).toEqual({
    answers: [
      [403, 'wrong_password'],
      [400, 'invalid_input'],
      [204, undefined],
    ],
    signedIn: [true, false],
    old: 401,
    new: 200,
  })
})

it('takes an invitation once, of however many that try at once, and keeps no token', async () => {
  const account = await anAccount(chat, { password: undefined })
  const { status, body } = await account.admin('POST', '/invitation')
  const take = (index: number) =>
    aBrowser(chat, index).ask('POST', '/api/auth/invitation', { token: body.token, password })
  const taken = await Promise.all([take(0), take(1), take(0), take(1)])
  const unknown = await aBrowser(chat).ask('POST', '/api/auth/invitation', { token: 'unknown', password })
  const { connection } = chat.node()
  const stored = await connection.collection('signInVerifications').find().toArray()
  expect([status, taken.map((one) => one.status).sort(), unknown.body.error.code, JSON.stringify(stored)]).toEqual([
    201,
    [204, 410, 410, 410],
    'invitation_invalid',
    expect.not.stringContaining(body.token),
  ])
  expect(await (await account.browser()).isSignedIn()).toBe(true)
})

it('refuses more attempts in a minute, of an address and on an account, over all nodes', async () => {
  const limits = { signInRateLimit: { perAddress: 6, perAccount: 3 } }
  const strict = await aChat({ nodes: 2, limits })
  const tries = async (email: string, times: number) => {
    const statuses = []
    for (let index = 0; index < times; index += 1)
      statuses.push((await aBrowser(strict, index % 2).signIn(email, 'a wrong password')).status)
    return statuses
  }
  const onAccount = [await tries('one@example.com', 4), await tries('ONE@example.com', 1)]
  const onAddress = await tries('two@example.com', 3)
  await strict.close()
  expect([onAccount, onAddress]).toEqual([
    [[401, 401, 401, 429], [429]],
    [401, 429, 429],
  ])
})

it('writes down who was refused and who came in, without what they typed', async () => {
  const lines: string[] = []
  const logger = pino({ level: 'debug' }, { write: (line) => void lines.push(line) })
  const watched = await aChat({ logger })
  const { id, email } = await anAccount(watched)
  await aBrowser(watched).signIn(email, 'a wrong password')
  await aBrowser(watched).signIn(email)
  await watched.close()
  const told = lines.map((line) => JSON.parse(line)).filter(({ msg }) => /^sign(ed|-in refused)/.test(msg))
  expect([
    told.map(({ msg, ip, agent }) => [msg, typeof ip, agent]),
    [email, 'a wrong password', password].filter((typed) => lines.join().includes(typed)),
  ]).toEqual([
    [
      ['sign-in refused', 'string', undefined],
      ['signed in', 'string', id],
    ],
    [],
  ])
})
