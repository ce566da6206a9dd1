import { expect, it } from 'vitest'
import type { ListedChat } from '../../../../src/contract/lists.ts'
import { aRow, ofMe } from '../../../../test/support/listed-chat.ts'
import type { Line } from '../../../core/line/transport.ts'
import { createDesk } from './desk.ts'
import { viewOf } from './rows.ts'

const later = { at: '2026-01-01T10:05:00.000Z' }

/** A desk over a service in memory; what is to be done later is done when the test says so. */
function aDesk(stored: ListedChat[], perPage = 100) {
  const listeners = new Map<string, (data: never) => void>()
  const tasks: { task: () => void; ms: number }[] = []
  const changes: [string | undefined, string][] = []
  const asked: string[][] = []
  let lines = 0
  const service = { stored, isAway: false }
  const line = {
    on: (event: string, listener: (data: never) => void) => void listeners.set(event, listener),
    onUp: (listener: () => void) => void listeners.set('up', listener),
    onDown: (listener: (refused: never) => void) => void listeners.set('down', listener),
    close() {},
  } as unknown as Line
  const desk = createDesk({
    me: 'me',
    calls: {
      async list(list, cursor) {
        const all = viewOf(new Map(service.stored.map((row) => [row.session.sessionId, row])), list, 'me')
        const from = Number(cursor ?? 0)
        const next = from + perPage
        return {
          chats: all.slice(from, next),
          total: all.length,
          cursor: next < all.length ? String(next) : null,
        }
      },
      async lines(ids) {
        asked.push([...ids])
        if (service.isAway) throw new Error('away')
        return service.stored.filter(({ session }) => ids.includes(session.sessionId))
      },
      team: async () => [],
      setStatus: async () => undefined as never,
      setTakes: async () => undefined as never,
    },
    openLine() {
      lines += 1
      return line
    },
    signInAgain: async () => {},
    changed: (before, after) => changes.push([before?.session.status, after.session.status]),
    later: (task, ms) => void tasks.push({ task, ms }),
  })
  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
  }
  return {
    desk,
    service,
    changes,
    asked,
    lines: () => lines,
    ids: () => viewOf(desk.state().rows, 'all', 'me').map(({ session }) => session.sessionId),
    async hear(event: string, data: unknown) {
      listeners.get(event)?.(data as never)
      await settle()
    },
    /** What was to be done within so long. ms */
    async pass(ms = Number.POSITIVE_INFINITY) {
      for (const one of tasks.splice(0)) {
        if (one.ms <= ms) one.task()
        else tasks.push(one)
      }
      await settle()
    },
  }
}

it('reads all that is open once it is connected, and then what it is told of, each line once', async () => {
  const at = aDesk([aRow('a'), aRow('b')], 1)
  at.desk.start()
  await at.hear('up', undefined)
  const begun = at.ids()
  at.service.stored = [aRow('a', { ...ofMe({ seq: 2 }) }), aRow('b'), aRow('c', { last: later })]
  await at.hear('chats_changed', { sessionIds: ['a', 'c'] })
  await at.hear('chats_changed', { sessionIds: ['a'] })
  await at.pass()
  expect([begun.sort(), at.ids().sort(), at.asked, at.changes]).toEqual([
    ['a', 'b'],
    ['a', 'b', 'c'],
    [['a', 'c']],
    [
      ['queued', 'active'],
      [undefined, 'queued'],
    ],
  ])
})

it('finds what was said so shortly before that it was not in the lists yet, and had rung already', async () => {
  const at = aDesk([aRow('a')])
  at.desk.start()
  await at.hear('up', undefined)
  at.service.stored.push(aRow('b', { last: later }))
  await at.pass(5_000)
  expect([at.ids().sort(), at.changes]).toEqual([['a', 'b'], [[undefined, 'queued']]])
})

it('takes for new neither what it has not read yet nor what stands further down', async () => {
  const at = aDesk([aRow('a', { last: later }), aRow('b')], 1)
  at.desk.start()
  await at.hear('chats_changed', { sessionIds: ['a'] })
  await at.pass()
  await at.hear('up', undefined)
  at.service.stored.push(aRow('c'))
  await at.hear('chats_changed', { sessionIds: ['c'] })
  await at.pass()
  expect([at.ids().sort(), at.changes]).toEqual([['a', 'b', 'c'], []])
})

it('asks again for what it could not read, and looks for what went while the line was down', async () => {
  const at = aDesk([aRow('a'), aRow('b')])
  at.desk.start()
  await at.hear('up', undefined)
  at.service.isAway = true
  await at.hear('chats_changed', { sessionIds: ['a'] })
  await at.pass()
  at.service.isAway = false
  at.service.stored = [aRow('a', { session: { seq: 2, status: 'closed' } })]
  await at.hear('down', false)
  const offline = at.desk.state().connection
  await at.hear('up', undefined)
  await at.pass()
  await at.pass()
  expect([offline, at.ids(), at.desk.state().rows.get('a')?.session.status, at.desk.state().rows.has('b')]).toEqual([
    'offline',
    [],
    'closed',
    false,
  ])
})

it('tells of what came and what changed while the line was down, and of nothing twice', async () => {
  const at = aDesk([aRow('a'), aRow('b', ofMe())])
  at.desk.start()
  await at.hear('up', undefined)
  await at.hear('down', false)
  at.service.stored = [aRow('a'), aRow('b', { ...ofMe({ seq: 2, status: 'closed' }) }), aRow('c', { last: later })]
  await at.hear('up', undefined)
  await at.hear('chats_changed', { sessionIds: ['c'] })
  await at.pass()
  const told = at.changes.splice(0)
  await at.hear('up', undefined)
  expect([
    told.filter(([before]) => !before),
    told.some(([before]) => before === 'active'),
    at.changes.some(([before]) => !before),
  ]).toEqual([[[undefined, 'queued']], true, false])
})

it('opens another line once somebody is signed in again', async () => {
  const at = aDesk([])
  at.desk.start()
  await at.hear('down', true)
  expect(at.lines()).toBe(2)
})
