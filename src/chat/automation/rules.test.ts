import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Actor, EventDraft, LogEvent } from '../../contract/event.ts'
import { Epoch, EventKey } from '../../contract/ids.ts'
import { Inbox } from '../../contract/inbox.ts'
import { createIds } from '../../platform/ids.ts'
import { foldSummary } from '../sessions/fold-summary.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { type RuleName, rules } from './rules.ts'

const ids = createIds()
const session = ids.session()
const visitor = { kind: 'visitor', id: ids.visitor() } as const
const bo = { kind: 'agent', id: ids.agent(), name: 'Bo' } as const
const minute = 60_000

const inbox = Inbox.parse({
  key: 'default',
  name: 'Everyone',
  allowedOrigins: ['*'],
  greeting: 'Hello',
  automation: { nobodyThere: 'Nobody is here', whileWaiting: { after: 2 * minute, text: 'Thanks for waiting' } },
})
const closedNow = Inbox.parse({ ...inbox, hours: { timeZone: 'UTC', weekly: {} } })

type Step = Pick<EventDraft, 'type' | 'body'> & { actor: Actor }
const says = (actor: Actor, internal = false): Step => ({
  type: 'message',
  actor,
  body: { messageType: actor.kind === 'system' ? 'system' : 'text', content: 'hi', internal },
})
const starts = (offline = false): Step => ({
  type: 'session_started',
  actor: visitor,
  body: { epoch: Epoch.parse('epochofnow'), inbox: 'default', visitor: { id: visitor.id }, channel: 'web', offline },
})
const closes: Step = { type: 'session_closed', actor: bo, body: { resolution: 'res_1', reason: 'agent' } }
const assigned: Step = { type: 'assigned', actor: bo, body: { agent: bo, reason: 'routing' } }
const released: Step = { type: 'unassigned', actor: bo, body: { agent: bo, reason: 'released' } }
const toTeam: Step = { type: 'transferred', actor: bo, body: { to: { kind: 'team', team: 'b' } } }
const speaks = (rule: string) => says({ kind: 'system', rule })

const after = (state: SessionSummary | undefined, step: Step, at: number): SessionSummary => {
  const seq = (state?.seq ?? 0) + 1
  const envelope = { _id: ids.event(), session, seq, key: EventKey.parse(`${seq}`), version: 1, at: new Date(at) }
  return foldSummary(state, { ...envelope, ...step, origin: 'deskbridge' } as LogEvent)
}
const fold = (steps: readonly Step[]) => {
  const state = steps.reduce<SessionSummary | undefined>((before, step) => after(before, step, 0), undefined)
  if (!state) throw new Error('no steps')
  return state
}
const names: readonly RuleName[] = ['greeting', 'nobody-there', 'while-waiting']
const spoken = (steps: readonly Step[], now = 2 * minute, nobodyThere: boolean | null = true, of = inbox) =>
  names.flatMap((name) => rules[name](fold(steps), of, { nobodyThere }, now)?.key ?? [])

const wrote = [starts(), says(visitor)]

it.each<[string, string[], readonly Step[], number?, (boolean | null)?, Inbox?]>([
  ['greets a new chat', ['auto:greeting:1'], [starts()]],
  ['greets nobody who has written', [], wrote, 0, false],
  ['greets nobody outside the hours', [], [starts(true)]],
  ['says that nobody is there', ['auto:nobody-there:0'], wrote, 0],
  ['says nothing while nobody can tell who is there', [], wrote, 0, null],
  ['says nothing of the kind when it is closed anyway', [], wrote, 0, true, closedNow],
  ['thanks who has waited', ['auto:while-waiting:0'], wrote, 2 * minute, false],
  ['thanks nobody who has waited less', [], wrote, 2 * minute - 1, false],
  ['says each once', [], [...wrote, speaks('nobody-there'), speaks('while-waiting'), says(visitor)]],
  ['says nothing once somebody has answered', [], [...wrote, says(bo)]],
  ['takes a note for no answer', ['auto:nobody-there:0'], [...wrote, says(bo, true)], 0],
  ['says nothing in a closed chat', [], [...wrote, closes]],
  ['says nothing to what was left outside the hours', [], [starts(true), says(visitor)]],
  [
    'speaks again of the next stretch',
    ['auto:nobody-there:3', 'auto:while-waiting:3'],
    [...wrote, closes, says(visitor)],
  ],
])('%s', (_name, keys, steps, now, nobodyThere, of) => {
  expect(spoken(steps, now, nobodyThere, of)).toEqual(keys)
})

const doings = [says(visitor), says(bo), says(bo, true), closes, assigned, released, toTeam] as const
const history = fc.array(
  fc.record({
    step: fc.constantFrom(...doings, null),
    wait: fc.integer({ min: 0, max: 3 * minute }),
    nobodyThere: fc.constantFrom(true, false, null),
  }),
  { maxLength: 40 },
)

it('speaks once for each cause at most, and never after it has ended', () => {
  fc.assert(
    fc.property(history, (all) => {
      let now = 0
      let state = after(undefined, starts(), now)
      const keys = new Set<string>()
      /** What has happened since somebody of the team answered or the chat was closed. */
      let sinceServed: (Step | RuleName)[] = []
      for (const { step, wait, nobodyThere } of all) {
        now += wait
        if (step && !(step.type === 'session_closed' && state.status === 'closed')) {
          state = after(state, step, now)
          const serves = step === closes || step === doings[1]
          sinceServed = serves ? [] : [...sinceServed, step]
        }
        for (const name of names) {
          const said = rules[name](state, inbox, { nobodyThere }, now)
          if (!said) continue
          expect([keys.has(said.key), sinceServed.includes(name), state.status]).toEqual([false, false, 'queued'])
          if (name === 'nobody-there') expect([nobodyThere, sinceServed.includes(doings[0])]).toEqual([true, true])
          keys.add(said.key)
          sinceServed.push(name)
          state = after(state, speaks(name), now)
        }
      }
    }),
  )
})
