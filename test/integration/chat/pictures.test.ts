import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RemotePicture } from '../../../src/bridge/conversation.ts'
import { createTakeInPictures } from '../../../src/chat/pictures/take-in-pictures.ts'
import { createSlackPictures } from '../../../src/connectors/slack/arrivals/pictures.ts'
import { EventKey, PictureId, SessionId } from '../../../src/contract/ids.ts'
import { aChat, adminKey, type TestChat } from '../../support/chat.ts'
import { farAhead } from '../../support/far-ahead.ts'
import { aMovingPicture, aPdf, aPicture, openLink, setPicture } from '../../support/files.ts'

let chat: TestChat
const logged: { level: number; msg: string }[] = []
beforeAll(async () => {
  chat = await aChat({ logger: pino({ level: 'warn' }, { write: (line) => void logged.push(JSON.parse(line)) }) })
})
afterAll(() => chat.close())

const stored = () => chat.node().connection.collection('pictures').countDocuments()
const written = async (sessionId: string, token: string) =>
  (await chat.call('GET', `/api/chat/sessions/${sessionId}/messages`, { token })).body.messages.map(
    ({ content, senderPicture }: { content: string; senderPicture: string | null }) => ({ content, senderPicture }),
  )
const shape = /^https:\/\/chat\.example\/api\/chat\/pictures\/pic_[0-9a-z]{24}$/

it('stands beside what an agent writes from then on, and stays beside what they wrote', async () => {
  const { sessionId, token } = await chat.session()
  const bo = await chat.agent()
  await chat.say(sessionId, bo.token, 'before')
  const { status, body } = await setPicture(chat, bo.id, await aPicture('jpeg', { width: 300, height: 200 }))
  await chat.say(sessionId, bo.token, 'with it')
  const gone = await chat.call('DELETE', `/api/admin/agents/${bo.id}/picture`, { token: adminKey })
  await chat.say(sessionId, bo.token, 'without it')
  await chat.say(sessionId, token, 'mine')
  expect({ status, body, gone: gone.status, written: await written(sessionId, token) }).toEqual({
    status: 200,
    body: { picture: expect.stringMatching(shape) },
    gone: 204,
    written: [
      { content: 'before', senderPicture: null },
      { content: 'with it', senderPicture: body.picture },
      { content: 'without it', senderPicture: null },
      { content: 'mine', senderPicture: null },
    ],
  })
})

it('follows an agent who is connected', async () => {
  const { sessionId, token } = await chat.session()
  const bo = await chat.agent()
  const answering = chat.connect(bo.token)
  await answering.ask('agent_join', { sessionId })
  const { body } = await setPicture(chat, bo.id, await aPicture('png'))
  const send = async () => {
    await answering.ask('agent_join', { sessionId })
    await answering.ask('send_message', chat.aMessage(sessionId, 'hello'))
    return (await written(sessionId, token)).at(-1)?.senderPicture
  }
  await expect.poll(send, { timeout: 10_000 }).toBe(body.picture)
})

it.each([
  ['turned by a camera', () => aPicture('jpeg', { width: 300, height: 200, orientation: 6 })],
  ['moving', () => aMovingPicture()],
])('is a small square for anybody and for good, whatever it was: %s', async (_what, bytes) => {
  const bo = await chat.agent()
  const { body } = await setPicture(chat, bo.id, await bytes())
  const { status, bytes: drawn, headers } = await openLink(chat, body.picture)
  const { format, width, height, exif, pages, hasAlpha } = await sharp(drawn).metadata()
  expect([status, { format, width, height, exif, pages, hasAlpha }, Object.fromEntries(headers)]).toEqual([
    200,
    { format: 'webp', width: 96, height: 96, exif: undefined, pages: undefined, hasAlpha: false },
    expect.objectContaining({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
    }),
  ])
})

it('is kept once, whoever has it', async () => {
  const bytes = await aPicture('png', { width: 100, height: 100 })
  const [one, other] = [await chat.agent(), await chat.agent()]
  const first = await setPicture(chat, one.id, bytes)
  const before = await stored()
  const second = await setPicture(chat, other.id, bytes)
  expect([second.body, await stored()]).toEqual([first.body, before])
})

it.each([
  ['nothing', 'file_type_not_allowed', ''],
  ['a page', 'file_type_not_allowed', '<html></html>'],
  ['a drawing', 'file_type_not_allowed', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['a document', 'file_type_not_allowed', aPdf()],
  ['a picture that is also a page', 'file_refused', Buffer.from('GIF89a<script>1</script>')],
  ['what begins like a picture', 'file_refused', Buffer.from('GIF89a')],
  ['more than it may be', 'file_too_large', Buffer.alloc(2_000_001)],
])('refuses %s with %s, and keeps nothing', async (_what, code, bytes) => {
  const bo = await chat.agent()
  const before = await stored()
  const { body } = await setPicture(chat, bo.id, bytes)
  const account = await chat
    .node()
    .connection.collection('agents')
    .findOne({ _id: bo.id as never })
  expect([body.error.code, await stored(), account?.picture]).toEqual([code, before, undefined])
})

it('is set and taken away by administrators alone, for agents that there are', async () => {
  const bo = await chat.agent()
  const bytes = await aPicture('png')
  const before = await stored()
  const nobody = `agt_${'0'.repeat(24)}`
  const answers = [
    await setPicture(chat, bo.id, bytes, bo.token),
    await setPicture(chat, bo.id, bytes, 'nonsense'),
    await setPicture(chat, nobody, bytes),
    await chat.call('DELETE', `/api/admin/agents/${bo.id}/picture`, { token: bo.token }),
    await chat.call('DELETE', `/api/admin/agents/${nobody}/picture`, { token: adminKey }),
  ]
  expect([answers.map(({ body }) => body.error.code), await stored()]).toEqual([
    ['forbidden', 'unauthorized', 'not_found', 'forbidden', 'not_found'],
    before,
  ])
})

it.each(['pic_000000000000000000000000', 'pic_1', '[$ne]', '..%2F..%2Fetc'])(
  'is not there under the id %s',
  async (id) => {
    const { status, body } = await chat.call('GET', `/api/chat/pictures/${id}`)
    expect([status, body.error.code]).toEqual([404, 'not_found'])
  },
)

/** Slack's picture host, as it were; answers how often it was asked. */
async function aPictureHost(answer: RequestListener) {
  let asked = 0
  const server = createServer((request, response) => {
    asked += 1
    answer(request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const picture = createSlackPictures({ apiUrl: `${url}/api/`, timeoutMs: 2_000 })(`${url}/a.png`)
  if (!picture) throw new Error('not one of Slack’s')
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { picture, asked: () => asked, close }
}

const grace = (sessionId: string, picture: RemotePicture) =>
  [
    { id: 'U1', name: 'Grace', picture },
    { session: SessionId.parse(sessionId), system: 'slack' },
  ] as const

let replies = 0
/** A reply in Slack, as it is taken in. */
async function replied(sessionId: string, picture: RemotePicture) {
  const { conversation } = chat.node().chat
  const began = performance.now()
  const actor = await conversation.whoIs(...grace(sessionId, picture))
  const key = EventKey.parse(`slack:${(replies += 1)}`)
  await conversation.post({
    session: SessionId.parse(sessionId),
    key,
    actor,
    origin: 'slack',
    text: `reply ${replies}`,
  })
  return performance.now() - began
}

it('is taken in from where somebody writes, once for all that they write', async () => {
  const bytes = await aPicture('png', { width: 192, height: 192 })
  const host = await aPictureHost((_request, response) => response.end(bytes))
  const { sessionId, token } = await chat.session()
  await expect
    .poll(() => chat.node().chat.conversation.whoIs(...grace(sessionId, host.picture)))
    .toHaveProperty('picture')
  await replied(sessionId, host.picture)
  await replied(sessionId, host.picture)
  const shown = await written(sessionId, token)
  const { status } = await openLink(chat, shown[0].senderPicture)
  await host.close()
  expect([shown.map(({ senderPicture }: { senderPicture: string }) => senderPicture), status, host.asked()]).toEqual([
    [expect.stringMatching(shape), shown[0].senderPicture],
    200,
    1,
  ])
})

it.each<[string, RequestListener]>([
  ['is none', (_request, response) => response.end('<html></html>')],
  ['is larger than it may be', (_request, response) => response.end(Buffer.alloc(2_000_001))],
  ['never ends', (_request, response) => void response.write('GIF89a')],
  ['does not come', () => {}],
  ['is not there', (_request, response) => void response.writeHead(404).end()],
  [
    'is said to be elsewhere',
    (_request, response) => void response.writeHead(302, { location: 'http://10.0.0.1/' }).end(),
  ],
  [
    'breaks off',
    (_request, response) =>
      void response.writeHead(200, { 'content-length': '9' }).write('x', () => response.destroy()),
  ],
])('keeps no message back when it %s, and says so once', async (_what, answer) => {
  logged.length = 0
  const host = await aPictureHost(answer)
  const { sessionId, token } = await chat.session()
  const took = [await replied(sessionId, host.picture), await replied(sessionId, host.picture)]
  await expect.poll(() => logged.length, { timeout: 10_000 }).toBe(1)
  await replied(sessionId, host.picture)
  const shown = await written(sessionId, token)
  await host.close()
  expect({
    shown: shown.map(({ senderPicture }: { senderPicture: string | null }) => senderPicture),
    asked: host.asked(),
    inTime: took.every((ms) => ms < 5_000),
    logged: logged.map(({ level, msg }) => [level, msg]),
  }).toEqual({
    shown: [null, null, null],
    asked: 1,
    inTime: true,
    logged: [[40, 'a picture could not be taken in; messages go without it']],
  })
})

/** What two processes take in of one picture, as time passes. */
function twoProcesses() {
  const clock = { now: farAhead }
  let reads = 0
  let isAway = false
  const address = `https://avatars.slack-edge.com/${crypto.randomUUID()}.png`
  const picture: RemotePicture = {
    address,
    async read() {
      reads += 1
      if (isAway) throw new Error('away')
      return new Uint8Array()
    },
  }
  const shown = PictureId.parse(`pic_${'1'.repeat(24)}`)
  const aProcess = () =>
    createTakeInPictures({
      connection: chat.node().connection,
      keep: async () => shown,
      now: () => clock.now,
      wait: () => new Promise(() => {}),
      logger: pino({ level: 'silent' }),
    })
  const [one, other] = [aProcess(), aProcess()]
  return {
    clock,
    shown,
    one: () => one(picture),
    other: () => other(picture),
    reads: () => reads,
    goAway: (away: boolean) => void (isAway = away),
  }
}

const minute = 60_000
const day = 24 * 60 * minute

it('is not read again within a day, by no process', async () => {
  const { one, other, clock, shown, reads } = twoProcesses()
  const first = [await one(), await other()]
  clock.now += day - minute
  const later = [await one(), await other(), reads()]
  clock.now += 2 * minute + 60 * minute
  const nextDay = [await one(), reads()]
  expect([first, later, nextDay]).toEqual([
    [shown, shown],
    [shown, shown, 1],
    [shown, 2],
  ])
})

it('is asked for again some minutes after it could not be had', async () => {
  const { one, clock, shown, reads, goAway } = twoProcesses()
  goAway(true)
  const first = [await one(), await one(), reads()]
  goAway(false)
  clock.now += 9 * minute
  const tooSoon = [await one(), reads()]
  clock.now += 2 * minute
  expect([first, tooSoon, [await one(), reads()]]).toEqual([
    [null, null, 1],
    [null, 1],
    [shown, 2],
  ])
})
