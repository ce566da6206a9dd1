import { expect, it } from 'vitest'
import { createMemoryStorage, type Storage, withSpare } from '../platform/storage.ts'
import { createOutbox } from './outbox.ts'

const no = { code: 'message_too_long', message: 'no' } as const

let ids = 0
const anOutbox = (storage: Storage, options: { now?: number; newId?: () => string } = {}) =>
  createOutbox({
    ...{ storage, key: 'chat:outbox', changed: () => {} },
    newId: options.newId ?? (() => `id-${(ids += 1)}`),
    now: () => options.now ?? 0,
  })

const texts = (outbox: ReturnType<typeof anOutbox>) => outbox.list().map(({ content }) => content)

it('keeps the order of what is written in one millisecond, whatever the ids say', () => {
  const storage = createMemoryStorage()
  const names = ['z', 'a', 'm']
  const outbox = anOutbox(storage, { newId: () => names.shift() ?? '' })
  for (const text of ['one', 'two', 'three']) outbox.add(text)
  expect([texts(outbox), texts(anOutbox(storage))]).toEqual([
    ['one', 'two', 'three'],
    ['one', 'two', 'three'],
  ])
})

it('loses nothing when two tabs write at once, and both come to the same order', () => {
  const storage = createMemoryStorage()
  const [one, other] = [anOutbox(storage), anOutbox(storage)]
  one.add('a1')
  other.add('b1')
  one.add('a2')
  other.add('b2')
  one.refresh()
  other.refresh()
  const shown = texts(one)
  expect({ both: texts(other), own: ['a', 'b'].map((tab) => shown.filter((text) => text.startsWith(tab))) }).toEqual({
    both: shown,
    own: [
      ['a1', 'a2'],
      ['b1', 'b2'],
    ],
  })
})

it.each([
  'no json',
  'null',
  '7',
  '[]',
  '{"clientMessageId":"x"}',
  '{"clientMessageId":"x","content":"hi","writtenAt":"yesterday","failed":null}',
  '{"clientMessageId":"x","content":7,"writtenAt":"2026-05-04T09:00:00.000Z","failed":null}',
  '{"clientMessageId":"x","content":"","writtenAt":"2026-05-04T09:00:00.000Z","failed":null,"file":{}}',
])('writes on where the storage holds %s', (garbage) => {
  const outbox = anOutbox(createMemoryStorage(new Map([['chat:outbox:x', garbage]])))
  outbox.add('hello')
  expect(texts(outbox)).toEqual(['hello'])
})

it('does not bring back what another tab has seen stored', () => {
  const storage = createMemoryStorage()
  const one = anOutbox(storage)
  const { clientMessageId } = one.add('hello')
  const other = anOutbox(storage)
  other.remove(clientMessageId)
  one.fail(clientMessageId, no)
  expect([texts(one), storage.keys()]).toEqual([[], []])
})

it('shows what is stored until it is removed, and sends it no more', () => {
  const storage = createMemoryStorage()
  const outbox = anOutbox(storage)
  const { clientMessageId } = outbox.add('hello')
  outbox.settle(clientMessageId)
  outbox.refresh()
  const settled = { shown: texts(outbox), next: outbox.next(), kept: storage.keys() }
  outbox.remove(clientMessageId)
  expect({ settled, after: texts(outbox) }).toEqual({
    settled: { shown: ['hello'], next: undefined, kept: [] },
    after: [],
  })
})

it('keeps for the page what finds no room', () => {
  const kept = createMemoryStorage(
    new Map([
      [
        'chat:outbox:old',
        JSON.stringify({
          clientMessageId: 'old',
          content: 'before',
          writtenAt: '2020-01-01T00:00:00.000Z',
          failed: null,
        }),
      ],
    ]),
  )
  const full: Storage = {
    ...kept,
    setItem() {
      throw new DOMException('full', 'QuotaExceededError')
    },
  }
  const outbox = anOutbox(withSpare(full))
  outbox.add('hello')
  outbox.refresh()
  expect(texts(outbox)).toEqual(['before', 'hello'])
})

it('sends the oldest that was not refused, and one that was refused when it is wanted again', () => {
  const outbox = anOutbox(createMemoryStorage())
  const first = outbox.add('one')
  outbox.add('two')
  outbox.fail(first.clientMessageId, no)
  const refused = outbox.next()?.content
  outbox.retry(first.clientMessageId)
  expect([refused, outbox.next()?.content]).toEqual(['two', 'one'])
})
