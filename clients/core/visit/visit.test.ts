import { expect, it } from 'vitest'
import { aBrowser } from '../../../test/support/client/browser.ts'
import { aMemoryServer } from '../../../test/support/client/memory-server.ts'
import { aVirtualTime } from '../../../test/support/client/virtual-time.ts'
import type { ChatClient } from '../client.ts'

/** Two tabs of one browser. */
function aVisitor() {
  const time = aVirtualTime()
  const server = aMemoryServer(time)
  const browser = aBrowser(time, server.transport, () => 5)
  const [one, other] = [browser.openTab(), browser.openTab()]
  return { time, server, browser, one, other }
}

const texts = (client: ChatClient) => client.state().conversation.messages.map(({ content }) => content)

it('begins one chat where two tabs begin at once', async () => {
  const { time, server, one, other } = aVisitor()
  one.send('from one')
  other.send('from the other')
  await time.pass(30_000)
  expect({
    started: server.started.length,
    shown: [texts(one), texts(other)].map((shown) => shown.toSorted()),
  }).toEqual({
    started: 1,
    shown: [
      ['from one', 'from the other'],
      ['from one', 'from the other'],
    ],
  })
})

it('begins the next as the same visitor’s, whichever tab begins it', async () => {
  const { time, server, one, other } = aVisitor()
  one.send('hello')
  await time.pass(10_000)
  server.end('over')
  one.startAnew()
  await time.pass(1_000)
  other.send('again')
  await time.pass(10_000)
  expect([server.started.map(({ earlier }) => earlier), texts(one), texts(other)]).toEqual([
    [undefined, 'token of s1'],
    ['again'],
    ['again'],
  ])
})

it('does not end the chat that another tab has begun meanwhile', async () => {
  const { time, server, browser, one, other } = aVisitor()
  one.send('hello')
  await time.pass(10_000)
  server.end('over')
  one.send('next')
  other.send('next too')
  await time.pass(60_000)
  const sessions = [one, other].map((client) => client.state().sessionId)
  expect({ sessions, kept: JSON.parse(browser.storage.getItem('chat') ?? '{}').sessionId }).toEqual({
    ...{ sessions: ['s2', 's2'], kept: 's2' },
  })
})

it('goes on with the token that another tab has got by saying who the visitor is', async () => {
  const { time, server, one, other } = aVisitor()
  one.send('hello')
  await time.pass(10_000)
  one.identify('proof')
  await time.pass(30_000)
  other.send('still here')
  await time.pass(10_000)
  expect([server.sessions.length, texts(one), texts(other)]).toEqual([
    1,
    ['hello', 'still here'],
    ['hello', 'still here'],
  ])
})

it('begins nothing once it is stopped, though its start was to be tried again', async () => {
  const { time, server, one, other } = aVisitor()
  other.stop()
  server.become({ weather: ['request lost'], frames: [], latencies: [] })
  one.send('hello')
  await time.pass(100)
  one.stop()
  await time.pass(120_000)
  expect(server.started).toEqual([])
})

it('is said no only by what does not pass by itself', async () => {
  const { time, server, one, other } = aVisitor()
  other.stop()
  server.refuseStarts('rate_limited', 'internal', 'challenge_required')
  one.send('hello')
  await time.pass(60_000)
  const refused = one.state()
  one.answerChallenge('solved')
  await time.pass(10_000)
  expect({
    refused: [refused.connection, refused.refusal?.code],
    inputs: server.started.map(({ input }) => input.challengeAnswer),
    shown: texts(one),
  }).toEqual({
    refused: ['refused', 'challenge_required'],
    inputs: [undefined, undefined, undefined, 'solved'],
    shown: ['hello'],
  })
})

it('begins one chat though the answer is lost, and the page is loaded anew before it is asked for again', async () => {
  const { time, server, browser, one, other } = aVisitor()
  other.stop()
  server.become({ weather: ['answer lost', 'answer lost'], frames: [], latencies: [] })
  one.send('hello')
  await time.pass(200)
  one.stop()
  const reloaded = browser.openTab()
  reloaded.resume()
  await time.pass(60_000)
  reloaded.startAnew()
  reloaded.send('another')
  await time.pass(10_000)
  expect([server.started.length, server.sessions.map(({ messages }) => messages.size), texts(reloaded)]).toEqual([
    ...[4, [1, 1]],
    ['another'],
  ])
})

it('tells what was said of the visitor since a start whose answer was lost', async () => {
  const { time, server, one, other } = aVisitor()
  other.stop()
  server.become({ weather: ['answer lost'], frames: [], latencies: [] })
  one.update({ name: 'Ana' })
  one.send('hello')
  await time.pass(200)
  one.identify('proof')
  await time.pass(60_000)
  expect(server.asked.flatMap(({ event, payload }) => (event === 'identify' ? [payload.identityToken] : []))).toEqual([
    'proof',
  ])
})
