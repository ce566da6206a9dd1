import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { EventDraft, LogEvent } from '../../contract/event.ts'
import { Epoch, EventKey } from '../../contract/ids.ts'
import { SlackSettings } from '../../contract/slack-settings.ts'
import { createIds } from '../../platform/ids.ts'
import { foldSummary } from '../sessions/fold-summary.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { dueOf } from './due.ts'

const minute = 60_000
const ids = createIds()
const session = ids.session()
const visitor = { kind: 'visitor', id: ids.visitor() } as const
const bo = { kind: 'agent', id: ids.agent(), name: 'Bo' } as const
const [once, again] = SlackSettings.parse({
  alerts: [{ after: 2 * minute }, { after: 5 * minute, every: minute, most: 3 }],
}).alerts
if (!once || !again) throw new Error('no rules')

type Step = Pick<EventDraft, 'type' | 'body' | 'actor'>
const says = (actor: Step['actor'], internal = false): Step => ({
  type: 'message',
  actor,
  body: { messageType: 'text', content: 'hi', internal },
})
const starts = (offline = false): Step => ({
  type: 'session_started',
  actor: visitor,
  body: { epoch: Epoch.parse('epochofnow'), inbox: 'default', visitor: { id: visitor.id }, channel: 'web', offline },
})
const assigned: Step = { type: 'assigned', actor: bo, body: { agent: bo, reason: 'routing' } }
const closes: Step = { type: 'session_closed', actor: bo, body: { resolution: 'res_1', reason: 'agent' } }

const after = (state: SessionSummary | undefined, step: Step, at: number): SessionSummary => {
  const seq = (state?.seq ?? 0) + 1
  const envelope = { _id: ids.event(), session, seq, key: EventKey.parse(`${seq}`), version: 1, at: new Date(at) }
  return foldSummary(state, { ...envelope, ...step, origin: 'deskbridge' } as LogEvent)
}
const alertedAt = (at: number, nth: number, rule = again.after): [number, Step] => [
  at,
  {
    type: 'alerted',
    actor: { kind: 'system', rule: 'alert' },
    body: { waitingSince: new Date(0), rule, nth },
  },
]
const fold = (steps: readonly [number, Step][]): SessionSummary => {
  const state = steps.reduce<SessionSummary | undefined>((before, [at, step]) => after(before, step, at), undefined)
  if (!state) throw new Error('no steps')
  return state
}

const asked: [number, Step][] = [
  [0, starts()],
  [0, says(visitor)],
]

it.each<[string, typeof again, [number, Step][], number, number | null]>([
  ['nobody before the time', once, asked, 2 * minute - 1, null],
  ['the team at the time', once, asked, 2 * minute, 1],
  ['once', once, [...asked, alertedAt(2 * minute, 1, once.after)], 60 * minute, null],
  ['again after a while', again, [...asked, alertedAt(5 * minute, 1)], 6 * minute, 2],
  ['not again at once, when it was told late', again, [...asked, alertedAt(9 * minute, 1)], 9 * minute + 1, null],
  ['no more than it may', again, [...asked, alertedAt(5 * minute, 1), alertedAt(6 * minute, 3)], 60 * minute, null],
  ['nobody of a chat in which nothing was asked', once, [[0, starts()]], 60 * minute, null],
  [
    'nobody of what was left outside the hours',
    once,
    [
      [0, starts(true)],
      [0, says(visitor)],
    ],
    60 * minute,
    null,
  ],
  ['nobody once it is answered', once, [...asked, [1, says(bo)]], 60 * minute, null],
  ['the team after a note', once, [...asked, [1, says(bo, true)]], 2 * minute, 1],
  ['the team while whoever has it does not answer', once, [...asked, [1, assigned]], 2 * minute, 1],
  ['nobody where the visitor thanks', once, [...asked, [1, assigned], [2, says(bo)], [3, says(visitor)]], 9e6, null],
  ['nobody of a closed chat', once, [...asked, [1, closes]], 60 * minute, null],
  [
    'the team of the next wait',
    once,
    [...asked, alertedAt(2 * minute, 1, once.after), [3, closes], [4, says(visitor)]],
    9e6,
    1,
  ],
])('tells %s', (_name, rule, steps, now, nth) => {
  expect(dueOf(fold(steps), rule, now)?.nth ?? null).toBe(nth)
})

const doings = [says(visitor), says(bo), says(bo, true), assigned, closes, null] as const
const history = fc.array(
  fc.record({ step: fc.constantFrom(...doings), wait: fc.integer({ min: 0, max: 3 * minute }) }),
  { maxLength: 40 },
)

it('tells each once, in turn, no more than it may, and never in a chat that is answered', () => {
  fc.assert(
    fc.property(history, (all) => {
      let now = 0
      let state = after(undefined, starts(), now)
      const told = new Set<string>()
      for (const { step, wait } of all) {
        now += wait
        if (step && !(step === closes && state.status === 'closed')) state = after(state, step, now)
        const due = dueOf(state, again, now)
        if (!due) continue
        const key = `${due.waitingSince.getTime()}:${due.nth}`
        expect([told.has(key), due.nth <= again.most, state.waitingSince]).toEqual([false, true, due.waitingSince])
        if (due.nth > 1) expect(told).toContain(`${due.waitingSince.getTime()}:${due.nth - 1}`)
        told.add(key)
        const body = { ...due, rule: again.after }
        state = after(state, { type: 'alerted', actor: { kind: 'system', rule: 'alert' }, body }, now)
      }
    }),
  )
})
