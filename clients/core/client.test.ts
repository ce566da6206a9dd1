import { afterEach, expect, it, vi } from 'vitest'
import { aBrowser } from '../../test/support/client/browser.ts'
import { aMemoryServer } from '../../test/support/client/memory-server.ts'
import { aVirtualTime } from '../../test/support/client/virtual-time.ts'
import type { ChatClient } from './client.ts'
import { type Storage, withSpare } from './platform/storage.ts'

afterEach(() => void vi.restoreAllMocks())

function aVisitor(options: Parameters<ReturnType<typeof aBrowser>['openTab']>[0] = {}) {
  const time = aVirtualTime()
  const server = aMemoryServer(time)
  const browser = aBrowser(time, server.transport, () => 5)
  const client = browser.openTab(options)
  return { time, server, browser, client, asked: (event: string) => server.asked.filter((one) => one.event === event) }
}

/** In a chat in which an agent has answered. */
async function aTalk(options: Parameters<typeof aVisitor>[0] = {}) {
  const visitor = aVisitor(options)
  visitor.client.send('hello')
  await visitor.time.pass(10_000)
  visitor.server.agentSays('good morning')
  await visitor.time.pass(100)
  return visitor
}

const texts = (client: ChatClient) => client.state().conversation.messages.map(({ content }) => content)
const typing = (isTyping: boolean, userId = 'bo') => ({ userId, userType: 'agent', name: userId, isTyping })

it('keeps what was not stored over a reload', async () => {
  const { time, server, browser, client } = aVisitor()
  server.become({ weather: Array.from({ length: 9 }, () => 'request lost' as const), frames: [], latencies: [] })
  client.send('hello')
  await time.pass(1_000)
  client.stop()
  const next = browser.openTab()
  next.resume()
  await time.pass(300_000)
  expect(texts(next)).toEqual(['hello'])
})

it('tells the others although one who listens throws', async () => {
  const thrown: unknown[] = []
  vi.spyOn(globalThis, 'queueMicrotask').mockImplementation((task) => {
    try {
      task()
    } catch (error) {
      thrown.push(error)
    }
  })
  const { time, client } = aVisitor()
  client.subscribe(() => {
    throw new Error('a face in trouble')
  })
  let told = 0
  client.subscribe(() => void (told += 1))
  client.send('hello')
  await time.pass(10_000)
  expect({ shown: texts(client), wasTold: told > 0, wasReported: thrown.length === told }).toEqual({
    ...{ shown: ['hello'], wasTold: true, wasReported: true },
  })
})

it('tells nobody anything once it is stopped', async () => {
  const { time, server, client } = await aTalk()
  let told = 0
  client.subscribe(() => void (told += 1))
  client.stop()
  server.agentSays('too late')
  client.send('too late as well')
  await time.pass(60_000)
  expect(told).toBe(0)
})

it('answers with the same state until something changes', async () => {
  const { time, server, client } = await aTalk()
  const before = client.state()
  const same = client.state()
  server.agentSays('more')
  await time.pass(100)
  expect([same === before, client.state() === before]).toEqual([true, false])
})

it('shows who types until they stop, and not for ever where that is lost', async () => {
  const { time, server, client } = await aTalk()
  const seen: (string | null)[] = []
  const see = () => void seen.push(client.state().typing)
  server.emit('user_typing', typing(true))
  see()
  await time.pass(4_000)
  server.emit('user_typing', typing(true))
  await time.pass(4_000)
  see()
  await time.pass(4_000)
  see()
  expect(seen).toEqual(['bo', 'bo', null])
})

it('shows nobody typing in a chat that has ended', async () => {
  const { server, client } = await aTalk()
  server.emit('user_typing', typing(true))
  const before = client.state().typing
  const { cursor } = client.state().conversation
  server.emit('session_updated', { seq: Number(cursor) + 1, prev: cursor, status: 'closed', resolution: 'res_1' })
  expect([before, client.state().typing]).toEqual(['bo', null])
})

it('goes on showing who types when somebody else stops, or the visitor writes', async () => {
  const { time, server, client } = await aTalk()
  server.emit('user_typing', typing(true))
  server.emit('user_typing', typing(false, 'cy'))
  client.send('and another question')
  await time.pass(1_000)
  const before = client.state().typing
  server.emit('user_typing', typing(false))
  expect([before, client.state().typing]).toEqual(['bo', null])
})

it('says once how far was read, and again where that got lost', async () => {
  const { time, server, client, asked } = await aTalk()
  server.become({ weather: ['request lost'], frames: [], latencies: [] })
  client.read()
  client.read()
  await time.pass(1_000)
  const lost = asked('message_read').length
  server.cut()
  await time.pass(5_000)
  client.read()
  await time.pass(1_000)
  expect([lost, asked('message_read').length]).toEqual([0, 1])
})

it('says how far was read as soon as there is a connection', async () => {
  const { time, browser, client, asked } = await aTalk()
  client.stop()
  const next = browser.openTab()
  next.subscribe(({ conversation }) => conversation.messages.length > 0 && next.read())
  next.resume()
  await time.pass(10_000)
  expect(asked('message_read').length).toBe(1)
})

it('tells who the visitor is to a chat that is gone on with, and to one without a connection', async () => {
  const { time, server, browser, client, asked } = await aTalk()
  client.stop()
  const next = browser.openTab()
  next.identify('proof')
  next.update({ name: 'Ana' })
  next.update({ phone: '+49 30 1', attributes: { plan: 'gold' } })
  next.resume()
  await time.pass(10_000)
  server.cut()
  next.update({ attributes: { seats: 3 } })
  await time.pass(10_000)
  expect([asked('identify'), asked('update_visitor')].map((all) => all.map(({ payload }) => payload))).toEqual([
    [{ sessionId: 's1', identityToken: 'proof' }],
    [
      { sessionId: 's1', name: 'Ana', phone: '+49 30 1', attributes: { plan: 'gold' } },
      { sessionId: 's1', attributes: { seats: 3 } },
    ],
  ])
})

it('begins the next chat with all that was said, and what a start cannot say after it', async () => {
  const { time, server, client, asked } = aVisitor({ about: () => ({ page: 'https://shop.example' }) })
  client.update({ name: 'Ana', phone: '+49 30 1' })
  client.identify('proof')
  client.send('hello')
  await time.pass(10_000)
  client.startAnew()
  client.send('again')
  await time.pass(10_000)
  const input = { page: 'https://shop.example', name: 'Ana', attributes: {}, identityToken: 'proof' }
  expect({
    inputs: server.started.map((one) => one.input),
    told: asked('update_visitor').map(({ payload }) => payload),
    identified: asked('identify'),
  }).toMatchObject({
    inputs: [input, input],
    told: ['s1', 's2'].map((sessionId) => ({ sessionId, phone: '+49 30 1' })),
    identified: [],
  })
})

it('begins without a proof that has expired since it was accepted', async () => {
  const { time, server, client } = aVisitor()
  client.identify('proof')
  client.send('hello')
  await time.pass(10_000)
  client.startAnew()
  server.refuseStarts('identity_invalid')
  client.send('again')
  await time.pass(30_000)
  expect([server.started.map(({ input }) => input.identityToken), texts(client)]).toEqual([
    ['proof', 'proof', undefined],
    ['again'],
  ])
})

it('ends a chat once there is a connection, unless the visitor has written again', async () => {
  const { time, server, client, asked } = await aTalk()
  server.cut()
  void client.close()
  client.send('wait, one more')
  await time.pass(20_000)
  const before = asked('close_chat').length
  server.cut()
  void client.close()
  await time.pass(20_000)
  expect([before, asked('close_chat').length]).toEqual([0, 1])
})

it('does not carry what was written for one chat into another', async () => {
  const { time, server, client } = await aTalk()
  server.become({ weather: Array.from({ length: 4 }, () => 'request lost' as const), frames: [], latencies: [] })
  client.send('for this chat')
  const isOpened = client.open('s9')
  await time.pass(60_000)
  expect([await isOpened, client.state().sessionId, texts(client).at(-1)]).toEqual([false, 's1', 'for this chat'])
})

it('writes at the server’s time once it is known, though the machine’s clock is wrong', async () => {
  const wrongBy = 3 * 3_600_000
  const time = aVirtualTime()
  const server = aMemoryServer(time)
  const client = aBrowser(time, server.transport, () => 5).openTab({ now: () => time.now() + wrongBy })
  client.send('one')
  await time.pass(10_000)
  server.cut()
  client.send('two')
  const [pending] = client.state().pending
  expect(Math.abs(Date.parse(pending?.writtenAt ?? '') - time.now())).toBeLessThan(1_000)
})

it('sends what it could not keep', async () => {
  const full: Storage = {
    getItem: () => null,
    setItem() {
      throw new DOMException('full', 'QuotaExceededError')
    },
    removeItem() {},
    keys: () => [],
  }
  const { time, client } = aVisitor({ storage: withSpare(full) })
  client.send('hello')
  await time.pass(10_000)
  expect([texts(client), client.state().pending]).toEqual([['hello'], []])
})

it('reads back to the beginning, with what was changed meanwhile', async () => {
  const { time, server, browser, client } = await aTalk()
  for (let index = 0; index < 10; index += 1) server.agentSays(`text ${index}`)
  client.stop()
  const next = browser.openTab()
  next.resume()
  await time.pass(1_000)
  server.become({ weather: [], frames: [], latencies: [10, 2_000] })
  void next.older()
  await time.pass(100)
  server.agentRevises(3, 'changed')
  await time.pass(5_000)
  void next.older()
  await time.pass(5_000)
  const { hasOlder, messages } = next.state().conversation
  expect({ hasOlder, texts: messages.map(({ content }) => content) }).toEqual({
    hasOlder: false,
    texts: [
      'hello',
      'good morning',
      ...Array.from({ length: 10 }, (_, index) => (index === 2 ? 'changed' : `text ${index}`)),
    ],
  })
})

it('takes nothing that one chat has refused into the next', async () => {
  const { time, server, client } = await aTalk()
  server.refuseMessages('message_too_long')
  client.send('far too long')
  await time.pass(1_000)
  const refused = client.state().pending.map(({ failed }) => failed?.code)
  client.startAnew()
  client.send('another')
  await time.pass(10_000)
  expect([refused, client.state().pending, texts(client)]).toEqual([['message_too_long'], [], ['another']])
})
