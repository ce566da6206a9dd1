import { expect, it } from 'vitest'
import { aVirtualTime } from '../../../test/support/client/virtual-time.ts'
import { createRetry } from '../line/retry.ts'
import type { Refusal } from '../line/transport.ts'
import { createUploads } from './uploads.ts'

type Answer = Awaited<ReturnType<Parameters<typeof createUploads>[0]['upload']>>
const refusal = (code: string, more: object = {}) => ({ ok: false, error: { code, message: code, ...more } }) as Refusal
const taken = (name: string) => ({ ok: true, fileId: name }) as Answer

/** Uploads whose answers the test gives. */
function aWay({ isOpen = true } = {}) {
  const time = aVirtualTime()
  const asked: {
    name: string
    progress(part: number): void
    signal: AbortSignal
    answer(answer: Answer | null): void
  }[] = []
  const done: string[] = []
  let shown = 0
  let open = isOpen
  let ids = 0
  const uploads = createUploads({
    isOpen: () => open,
    upload({ name, progress, signal }) {
      const { promise, resolve, reject } = Promise.withResolvers<Answer>()
      asked.push({ name, progress, signal, answer: (answer) => (answer ? resolve(answer) : reject(new Error('none'))) })
      signal.addEventListener('abort', () => reject(new Error('aborted')))
      return promise
    },
    done: (upload) => void done.push(upload.name),
    retry: createRetry({ later: time.later, random: () => 0 }),
    newId: () => `id-${(ids += 1)}`,
    now: time.now,
    changed: () => void (shown += 1),
  })
  const add = (name: string) => uploads.add(new Blob(['x']), name, '')
  return {
    ...{ time, uploads, asked, done, add },
    shown: () => shown,
    states: () => uploads.list().map(({ name, part, failed }) => [name, part, failed?.code ?? null]),
    open() {
      open = true
      uploads.goOn()
    },
  }
}

it('sends one after the other, and tells how much of it is up', async () => {
  const { time, asked, done, add, states } = aWay()
  add('one')
  add('two')
  asked[0]?.progress(0.5)
  const half = states()
  asked[0]?.answer(taken('one'))
  await time.pass(0)
  expect({ half, asked: asked.map(({ name }) => name), done }).toEqual({
    ...{
      half: [
        ['one', 0.5, null],
        ['two', 0, null],
      ],
      asked: ['one', 'two'],
      done: ['one'],
    },
  })
})

it('waits for a chat, and then goes on at once', async () => {
  const { time, asked, add, open } = aWay({ isOpen: false })
  add('one')
  await time.pass(60_000)
  const before = asked.length
  open()
  expect([before, asked.length]).toEqual([0, 1])
})

it('tries again what got no answer or a refusal for now, when the server says', async () => {
  const { time, asked, done, add } = aWay()
  add('one')
  asked[0]?.answer(null)
  await time.pass(500)
  asked[1]?.answer(refusal('rate_limited', { retryAfterMs: 30_000 }))
  await time.pass(29_000)
  const early = asked.length
  await time.pass(1_000)
  asked[2]?.answer(taken('one'))
  await time.pass(0)
  expect({ early, done }).toEqual({ early: 2, done: ['one'] })
})

it('passes over one that is refused, until it is wanted again', async () => {
  const { time, asked, done, add, uploads, states } = aWay()
  add('bad')
  add('good')
  asked[0]?.answer(refusal('file_refused'))
  await time.pass(0)
  asked[1]?.answer(taken('good'))
  await time.pass(0)
  const refused = states()
  uploads.retry('id-1')
  asked[2]?.answer(taken('bad'))
  await time.pass(0)
  expect({ refused, done }).toEqual({ refused: [['bad', 0, 'file_refused']], done: ['good', 'bad'] })
})

it('lets go of one that is taken back, whatever comes of it', async () => {
  const { time, asked, done, add, uploads } = aWay()
  add('one')
  add('two')
  uploads.cancel('id-1')
  asked[0]?.progress(1)
  await time.pass(0)
  asked[1]?.answer(taken('two'))
  await time.pass(60_000)
  expect({ aborted: asked[0]?.signal.aborted, done, left: uploads.list() }).toEqual({
    aborted: true,
    done: ['two'],
    left: [],
  })
})

it('stands still once it is stopped', async () => {
  const { time, asked, done, add, uploads, shown } = aWay()
  add('one')
  uploads.stop()
  const before = shown()
  asked[0]?.answer(taken('one'))
  add('two')
  await time.pass(60_000)
  expect({ asked: asked.length, done, told: shown() - before }).toEqual({ asked: 1, done: [], told: 1 })
})
