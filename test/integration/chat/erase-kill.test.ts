import { afterAll, beforeAll, expect, it } from 'vitest'
import { type EraseDeps, goOnErasing } from '../../../src/chat/privacy/erase-chat.ts'
import { erasuresOf } from '../../../src/chat/privacy/erasures.ts'
import { createLogger } from '../../../src/platform/log-output.ts'
import { aChat, adminKey, type TestChat } from '../../support/chat.ts'
import { placesHolding } from '../../support/walk.ts'

const never = 3_600_000
let chat: TestChat
beforeAll(async () => {
  // Only the test itself goes on with erasures.
  chat = await aChat({ times: { sweepPrivacy: never } })
})
afterAll(() => chat.close())

type Point = `${'before' | 'after'} ${'append' | 'redact' | 'files' | 'destinations'}`
const steps = ['append', 'redact', 'files', 'destinations'] as const
const points = steps.flatMap((step): Point[] => [`before ${step}`, `after ${step}`])

/** A process that stops for ever at one point; `stopped` tells that it got there. */
function aProcess(dies?: Point) {
  const stopped = Promise.withResolvers<void>()
  const at = async (point: Point) => {
    if (point !== dies) return
    stopped.resolve()
    await new Promise<void>(() => {})
  }
  const through = async <T>(step: (typeof steps)[number], run: () => Promise<T>): Promise<T> => {
    await at(`before ${step}`)
    const result = await run()
    await at(`after ${step}`)
    return result
  }
  const { connection, log } = chat.node()
  const deps: EraseDeps = {
    connection,
    log: {
      ...log,
      append: (request) => through('append', () => log.append(request)),
      redact: (session, upTo) => through('redact', () => log.redact(session, upTo)),
    },
    erasers: [{ name: 'files', erase: () => through('files', async () => 0) }],
    eraseThere: () =>
      through('destinations', async () => [{ name: 'slack', state: 'done', count: 1, left: {}, reason: null }]),
    logger: createLogger('silent'),
    // Whoever finishes comes when the one that was killed is no longer waited for.
    now: () => Date.now() + (dies ? 0 : 60_000),
    everyMs: 1,
  }
  return { stopped: stopped.promise, run: () => goOnErasing(deps) }
}

it.each(points)(
  'an erasure whose process is killed %s is finished by another, with one event in the log',
  async (point) => {
    const word = point.replace(' ', 'x')
    const { sessionId, token, visitorId } = await chat.session({ name: word, email: `${word}@example.com` })
    const body = { messageType: 'text', content: `${word} says`, clientMessageId: 'message-to-erase' }
    await chat.call('POST', `/api/chat/sessions/${sessionId}/messages`, { token, body })
    await chat.node().log.projected()
    const { body: started } = await chat.call('POST', '/api/admin/privacy/erasures', {
      token: adminKey,
      body: { visitorId },
    })

    const killed = aProcess(point)
    void killed.run()
    await killed.stopped
    await aProcess().run()

    const erasure = await erasuresOf(chat.node().connection).findOne({ request: started.id })
    expect([
      (await chat.events(sessionId)).map(({ type, seq }) => [seq, type]),
      [erasure?.state, erasure?.upTo],
      await placesHolding(chat.stores, [word]),
    ]).toEqual([
      [
        [1, 'session_started'],
        [2, 'message'],
        [3, 'erased'],
      ],
      ['done', 2],
      [],
    ])
  },
)

it('does not wait for a claim that a clock a day ahead has dated', async () => {
  const { sessionId, visitorId } = await chat.session({ name: 'claimed' })
  await chat.node().log.projected()
  const { body } = await chat.call('POST', '/api/admin/privacy/erasures', { token: adminKey, body: { visitorId } })
  const erasures = erasuresOf(chat.node().connection)
  await erasures.updateOne({ request: body.id }, { $set: { nextAt: new Date(Date.now() + 86_400_000) } })

  await aProcess().run()

  const erasure = await erasures.findOne({ request: body.id })
  expect([erasure?.state, (await chat.events(sessionId)).map(({ type }) => type)]).toEqual([
    'done',
    ['session_started', 'erased'],
  ])
})

it('goes on with the others when one cannot be erased, and tries that one again', async () => {
  const chats = await Promise.all(['one', 'two'].map((name) => chat.session({ name })))
  for (const { sessionId } of chats)
    await chat
      .node()
      .log.projected()
      .then(() => sessionId)
  const requests = await Promise.all(
    chats.map(({ visitorId }) =>
      chat.call('POST', '/api/admin/privacy/erasures', { token: adminKey, body: { visitorId } }),
    ),
  )
  const broken = aProcess()
  const states = () =>
    Promise.all(
      requests.map(async ({ body }) => (await erasuresOf(chat.node().connection).findOne({ request: body.id }))?.state),
    )
  await erasuresOf(chat.node().connection).updateOne(
    { request: requests[0]?.body.id },
    { $set: { session: 'ses_gone' as never } },
  )
  await broken.run()
  const before = await states()
  await erasuresOf(chat.node().connection).updateOne(
    { request: requests[0]?.body.id },
    { $set: { session: chats[0]?.sessionId as never, nextAt: new Date(0) } },
  )
  await broken.run()
  expect([before, await states()]).toEqual([
    ['pending', 'done'],
    ['done', 'done'],
  ])
})
