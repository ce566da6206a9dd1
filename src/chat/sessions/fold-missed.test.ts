import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Actor, EventDraft, LogEvent } from '../../contract/event.ts'
import { Epoch, EventKey } from '../../contract/ids.ts'
import { redacted } from '../../log/redact.ts'
import { createIds } from '../../platform/ids.ts'
import { knownUpTo } from './fold-missed.ts'
import { foldSummary } from './fold-summary.ts'
import { type SessionSummary, visitorLeftRule } from './summary.ts'

const ids = createIds()
const session = ids.session()
const visitor = { kind: 'visitor', id: ids.visitor() } as const
const bo = { kind: 'agent', id: ids.agent(), name: 'Bo' } as const
const grace = { kind: 'colleague', system: 'zendesk', id: '42', name: 'Grace' } as const
const email = 'ana@example.com'

type Step = Pick<EventDraft, 'type' | 'body'> & { actor: Actor; origin?: string }

const logOf = (steps: readonly Step[]): LogEvent[] =>
  steps.map((step, index) => {
    const seq = index + 1
    const envelope = { _id: ids.event(), session, seq, key: EventKey.parse(`${seq}`), version: 1, at: new Date(seq) }
    return { origin: 'deskbridge', ...envelope, ...step } as LogEvent
  })
const fold = (steps: readonly Step[]) =>
  logOf(steps).reduce<SessionSummary | undefined>((state, event) => foldSummary(state, event), undefined)

const starts: Step = {
  type: 'session_started',
  actor: visitor,
  body: { epoch: Epoch.parse('epochofnow'), inbox: 'default', visitor: { id: visitor.id, email }, channel: 'web' },
}
const says = (actor: Actor, more: { internal?: boolean; origin?: string } = {}): Step => ({
  type: 'message',
  actor,
  origin: more.origin ?? 'deskbridge',
  body: { messageType: 'text', content: 'hi', internal: more.internal ?? false },
})
const inTicket = says(grace, { origin: 'zendesk' })
const reads = (upTo: number): Step => ({ type: 'message_read', actor: visitor, body: { upTo } })
const emailed = (upTo: number, what: 'answers' | 'transcript' = 'answers', to = email): Step => ({
  type: 'emailed',
  actor: { kind: 'system', rule: 'mail' },
  body: { what, to, upTo },
})
const byTicket: Step = {
  type: 'emailed',
  actor: { kind: 'system', rule: 'mail' },
  body: { what: 'answers', to: email, upTo: 2, byTicket: { after: 1 } },
}
const closes: Step = { type: 'session_closed', actor: bo, body: { resolution: 'res_1', reason: 'agent' } }
const reopens: Step = { type: 'session_reopened', actor: bo, body: {} }
const told: Step = says({ kind: 'system', rule: visitorLeftRule }, { internal: true })

it.each<[string, Step[], object | null]>([
  ['nobody answered', [starts, says(visitor)], null],
  ['only a note was written', [starts, says(bo, { internal: true })], null],
  ['it answered', [starts, says(bo), says(bo)], { seq: 2, at: new Date(2), ours: true }],
  ['the visitor read it all', [starts, says(bo), says(bo), reads(3)], null],
  ['the visitor read the first', [starts, says(bo), says(bo), reads(2)], { seq: 3, at: new Date(3), ours: true }],
  ['it was all mailed', [starts, says(bo), says(bo), emailed(3)], null],
  ['somebody else got a transcript', [starts, says(bo), emailed(2, 'transcript', 'x@example.com')], { seq: 2 }],
  ['the visitor got a transcript', [starts, says(bo), emailed(2, 'transcript')], null],
  ['it is written in the ticket of a live chat', [starts, inTicket], { seq: 2, ours: true }],
  ['it is written in the ticket once that mails', [starts, says(bo), byTicket, inTicket], { seq: 4, ours: false }],
  ['it is written in the ticket after the end', [starts, closes, inTicket], { seq: 3, ours: false }],
  ['it is written in both after the end', [starts, closes, inTicket, says(bo)], { seq: 3, ours: true }],
  ['the visitor came back before', [starts, closes, says(visitor), inTicket], { seq: 4, ours: true }],
  ['the chat was reopened before', [starts, closes, reopens, inTicket], { seq: 4, ours: true }],
  ['an agent read it', [starts, says(bo), { ...reads(2), actor: bo }], { seq: 2 }],
])('knows what the visitor has missed when %s', (_, steps, missed) => {
  expect(fold(steps)?.missed ?? null).toEqual(missed && expect.objectContaining(missed))
})

it('remembers in which absence who answers was told of it', () => {
  const left = [starts, says(visitor), says(bo), told]
  expect([fold(left)?.toldLeft, fold([...left, reads(3)])?.toldLeft]).toEqual([2, 2])
})

const step = fc.oneof(
  fc.constant(says(bo)),
  fc.constant(inTicket),
  fc.constant(says(visitor)),
  fc.constant(says(bo, { internal: true })),
  fc.nat(12).map((back): Step & { back: number } => ({ ...reads(1), back })),
  fc.nat(12).map((back): Step & { back: number } => ({ ...emailed(1), back })),
)

it('misses nothing that is neither read nor mailed, whatever happens in whatever order', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const story: Step[] = [starts]
      // A mark goes forward only: `decideMark` sees to it.
      let marked = 1
      for (const one of steps) {
        if ('back' in one) marked = Math.max(marked, story.length - one.back)
        const upTo = 'back' in one ? marked : 0
        story.push(upTo > 0 ? ({ ...one, body: { ...one.body, upTo } } as Step) : one)
      }
      const state = fold(story)
      const known = state ? knownUpTo(state) : 0
      const unknown = logOf(story).filter(
        ({ type, seq, actor, body }) =>
          type === 'message' && seq > known && ['agent', 'colleague'].includes(actor.kind) && !body.internal,
      )
      expect(state?.missed !== null).toBe(unknown.length > 0)
      if (state?.missed) expect(state.missed.seq).toBeLessThanOrEqual(unknown[0]?.seq ?? 0)
    }),
  )
})

it('comes to the same of a log that was redacted as of the one that was not', () => {
  const anyStep = fc.oneof(
    fc.constantFrom(says(visitor), says(bo), inTicket, says(bo, { internal: true })),
    fc.nat(12).map(reads),
    fc
      .tuple(
        fc.nat(12),
        fc.constantFrom('answers' as const, 'transcript' as const),
        fc.constantFrom(email, 'b@b.example'),
      )
      .map(([upTo, what, to]) => emailed(upTo, what, to)),
    fc.constant<Step>({
      type: 'visitor_updated',
      actor: bo,
      body: { visitor: { id: visitor.id, email: 'b@b.example' } },
    }),
  )
  const steps = fc.array(anyStep, { maxLength: 8 })
  fc.assert(
    fc.property(steps, steps, steps, (before, meanwhile, after) => {
      const upTo = before.length + 1
      const erased: Step = { type: 'erased', actor: bo, body: { upTo, reason: 'request' } }
      const log = logOf([starts, ...before, ...meanwhile, erased, ...after])
      const left = log.map((event) => (event.seq <= upTo ? redacted(event) : event))
      const come = (events: readonly LogEvent[]) => events.reduce<SessionSummary | undefined>(foldSummary, undefined)
      expect(come(left)).toEqual(come(log))
    }),
  )
})
