import fc from 'fast-check'
import { LogEvent } from '../../../src/contract/event.ts'
import { bytesFrom, createIds } from '../../../src/platform/ids.ts'

const ids = createIds(bytesFrom('histories'))
export const [bo, ida] = [ids.agent(), ids.agent()]
const people = { [bo]: 'Bo', [ida]: 'Ida' }
const keyId = ids.key()

type Step =
  | { kind: 'visitor' | 'bot' | 'system' | 'colleague' | 'read' | 'reopened' | 'edited' | 'deleted' | 'erased' }
  | { kind: 'agent' | 'note' | 'assigned' | 'unassigned' | 'to_agent'; who: string }
  | { kind: 'to_team'; team: string }
  | { kind: 'closed'; reason: 'visitor' | 'agent' | 'timeout' }
  | { kind: 'rated'; score: number }
  | { kind: 'tags'; tags: string[] }

const who = fc.constantFrom(bo, ida)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('visitor' as const) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('agent' as const, 'assigned' as const), who }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('closed' as const),
      reason: fc.constantFrom('visitor', 'agent', 'timeout'),
    }),
  },
  fc.record({ kind: fc.constantFrom('note' as const, 'unassigned' as const, 'to_agent' as const), who }),
  fc.record({ kind: fc.constant('to_team' as const), team: fc.constantFrom('sales', 'care') }),
  fc.record({ kind: fc.constant('rated' as const), score: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ kind: fc.constant('tags' as const), tags: fc.subarray(['vip', 'refund', 'slow']) }),
  fc.record({
    kind: fc.constantFrom(
      ...(['bot', 'system', 'colleague', 'read', 'reopened', 'edited', 'deleted', 'erased'] as const),
    ),
  }),
)

/** Minutes from the beginning of the time in question; a clock that is behind makes them less than before. */
const steps = fc.array(fc.tuple(step, fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: -1, max: 400 }))), {
  maxLength: 30,
})

export interface History {
  inbox: string
  events: LogEvent[]
}

/** A chat as the log has it, within a day of `from`. */
export const aHistory = (from: number, inboxes: readonly string[]): fc.Arbitrary<History> =>
  fc
    .tuple(
      fc.constantFrom(...inboxes),
      fc.constantFrom('web' as const, 'mobile' as const),
      fc.boolean(),
      fc.integer({ min: 0, max: 1_000 }),
      steps,
    )
    .map(([inbox, channel, offline, start, done]) => {
      const session = ids.session()
      const visitor = { id: ids.visitor() }
      let minutes = start
      const event = (type: string, actor: object, body: object, index: number) =>
        LogEvent.parse({
          ...{ _id: ids.event(), session, seq: index + 1, key: `auto:step:${index}`, version: 1 },
          ...{ at: new Date(from + minutes * 60_000), origin: 'deskbridge', type, actor, body },
        })
      const visits = { kind: 'visitor', id: visitor.id }
      const first = event('session_started', visits, { epoch: ids.epoch(), inbox, channel, visitor, offline }, 0)
      const events = done.map(([one, gap], index) => {
        minutes = Math.max(start, Math.min(1_290, minutes + gap))
        const { type, actor, body } = drafted(one, visits, index + 1)
        return event(type, actor, body, index + 1)
      })
      return { inbox, events: [first, ...events] }
    })

const text = (internal = false) => ({ messageType: 'text', content: 'words', internal })
const agent = (id: string) => ({ kind: 'agent', id, name: people[id] })
const person = (id: string) => ({ id, name: people[id] })
const system = { kind: 'system', rule: 'routing' }

function drafted(one: Step, visitor: object, seq: number): { type: string; actor: object; body: object } {
  const target = { message: ids.event(), messageSeq: seq, internal: false }
  switch (one.kind) {
    case 'visitor':
      return { type: 'message', actor: visitor, body: text() }
    case 'agent':
      return { type: 'message', actor: agent(one.who), body: text() }
    case 'note':
      return { type: 'message', actor: agent(one.who), body: text(true) }
    case 'colleague':
      return { type: 'message', actor: { kind: 'colleague', system: 'slack', id: 'U1', name: 'Grace' }, body: text() }
    case 'bot':
      return { type: 'message', actor: { kind: 'bot', id: keyId, name: 'Shop' }, body: text() }
    case 'system':
      return { type: 'message', actor: { kind: 'system', rule: 'greeting' }, body: text() }
    case 'read':
      return { type: 'message_read', actor: visitor, body: { upTo: seq } }
    case 'edited':
      return { type: 'message_edited', actor: visitor, body: { ...target, content: 'other words' } }
    case 'deleted':
      return { type: 'message_deleted', actor: visitor, body: target }
    case 'erased':
      return { type: 'erased', actor: { kind: 'admin', id: 'key' }, body: { upTo: seq, reason: 'request' } }
    case 'assigned':
      return { type: 'assigned', actor: system, body: { agent: person(one.who), reason: 'routing' } }
    case 'unassigned':
      return { type: 'unassigned', actor: system, body: { agent: person(one.who), reason: 'no_answer' } }
    case 'to_agent':
      return { type: 'transferred', actor: system, body: { to: { kind: 'agent', agent: person(one.who) } } }
    case 'to_team':
      return { type: 'transferred', actor: system, body: { to: { kind: 'team', team: one.team } } }
    case 'closed':
      return { type: 'session_closed', actor: system, body: { resolution: `r${seq}`, reason: one.reason } }
    case 'reopened':
      return { type: 'session_reopened', actor: agent(bo), body: {} }
    case 'rated':
      return { type: 'rated', actor: visitor, body: { resolution: `r${seq}`, score: one.score } }
    case 'tags':
      return { type: 'tags_changed', actor: agent(bo), body: { tags: one.tags } }
  }
}
