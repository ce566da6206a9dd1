import { expect, it } from 'vitest'
import type { EventOf } from '../../contract/event.ts'
import { Epoch, EventKey } from '../../contract/ids.ts'
import { createIds } from '../../platform/ids.ts'
import type { Whereabouts } from '../presence/presence.ts'
import { foldSummary } from '../sessions/fold-summary.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { absenceIn, leftText } from './absence.ts'

const ids = createIds()
const visitor = ids.visitor()
const started: EventOf<'session_started'> = {
  _id: ids.event(),
  session: ids.session(),
  seq: 1,
  key: EventKey.parse('start'),
  version: 1,
  at: new Date(0),
  actor: { kind: 'visitor', id: visitor },
  origin: 'deskbridge',
  type: 'session_started',
  body: { epoch: Epoch.parse('epochofnow'), inbox: 'default', visitor: { id: visitor }, channel: 'web' },
}
const at = (ms: number, seq: number) => ({ at: new Date(ms), seq })
const chat = (more: Partial<SessionSummary> = {}): SessionSummary => ({
  ...foldSummary(undefined, started),
  missed: { ...at(1_000, 2), ours: true },
  answered: at(1_000, 2),
  ...more,
})
const gone = (since: number | null = 0): Whereabouts => ({ kind: 'gone', since })
const times = { afterGone: 60_000, burst: 120_000, burstMost: 600_000 }
const absence = (state: SessionSummary, where: Whereabouts, now: number) => absenceIn(state, where, now, times)

it.each<[string, SessionSummary, Whereabouts, number, object | null]>([
  ['is there', chat(), { kind: 'here' }, 900_000, null],
  ['is nobody knows where', chat(), { kind: 'unknown' }, 900_000, null],
  ['has missed nothing', chat({ missed: null }), gone(), 900_000, null],
  ['has only just left', chat(), gone(50_000), 100_000, null],
  ['has left a minute ago', chat(), gone(), 60_000, { tell: true, send: false }],
  ['was never seen', chat(), gone(null), 60_000, { tell: true, send: false }],
  ['is away since before, and somebody knows', chat({ toldLeft: 1 }), gone(), 60_000, { tell: false, send: false }],
  ['is away after coming back', chat({ toldLeft: 1, asked: at(0, 3) }), gone(), 60_000, { tell: true, send: false }],
  ['is away and the answers have ended', chat({ toldLeft: 1 }), gone(), 121_000, { tell: false, send: true }],
  ['is away and answers go on', chat({ answered: at(590_000, 9) }), gone(), 600_000, { tell: true, send: false }],
  [
    'is away and answers go on for long',
    chat({ answered: at(600_000, 9) }),
    gone(),
    601_000,
    { tell: true, send: true },
  ],
  [
    'is mailed by the ticket',
    chat({ missed: { ...at(1_000, 2), ours: false } }),
    gone(),
    900_000,
    { tell: true, send: false },
  ],
])('knows what to do when the visitor %s', (_, state, where, now, expected) => {
  expect(absence(state, where, now)).toEqual(expected)
})

it('tells who answers how the visitor will hear of it', () => {
  const email = 'ana@example.com'
  const texts = [
    leftText('smtp', email),
    leftText('zendesk', email),
    leftText('smtp', undefined),
    leftText('off', email),
  ]
  expect(texts).toEqual([
    'The visitor has left. Answers go to ana@example.com by email.',
    'The visitor has left. Answers go to ana@example.com by email, through the ticket.',
    'The visitor has left and gave no address. They will see answers when they come back.',
    'The visitor has left. They will see answers when they come back.',
  ])
})
