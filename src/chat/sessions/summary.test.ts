import { expect, it } from 'vitest'
import type { Actor, EventDraft, LogEvent } from '../../contract/event.ts'
import { Epoch, EventKey } from '../../contract/ids.ts'
import { createIds } from '../../platform/ids.ts'
import { foldSummary, type SessionSummary } from './summary.ts'

const ids = createIds()
const session = ids.session()
const visitor = { kind: 'visitor', id: ids.visitor() } as const
const bo = { kind: 'agent', id: ids.agent(), name: 'Bo' } as const
const grace = { kind: 'colleague', system: 'zendesk', id: '42', name: 'Grace' } as const
const epoch = Epoch.parse('epochofnow')

type Step = Pick<EventDraft, 'type' | 'body'> & { actor: Actor }

const fold = (steps: readonly Step[]): SessionSummary | undefined =>
  steps.reduce<SessionSummary | undefined>((state, step, index) => {
    const seq = index + 1
    const envelope = { _id: ids.event(), session, seq, key: EventKey.parse(`${seq}`), version: 1, at: new Date(seq) }
    return foldSummary(state, { ...envelope, ...step, origin: 'deskbridge' } as LogEvent)
  }, undefined)

const starts: Step = {
  type: 'session_started',
  actor: visitor,
  body: { epoch, inbox: 'default', visitor: { id: visitor.id } },
}
const says = (actor: Actor): Step => ({
  type: 'message',
  actor,
  body: { messageType: 'text', content: 'hi', internal: false },
})
const closes: Step = { type: 'session_closed', actor: bo, body: {} }

it('sums a chat up as far as decisions need it', () => {
  const read: Step = { type: 'message_read', actor: visitor, body: { upTo: 3 } }
  const joins: Step = { type: 'agent_joined', actor: bo, body: {} }
  expect(fold([starts, says(visitor), joins, says(bo), says(grace), read, closes])).toEqual({
    id: session,
    epoch,
    seq: 7,
    inbox: 'default',
    status: 'closed',
    visitor: { id: visitor.id },
    agents: [
      { id: bo.id, name: 'Bo' },
      { id: '42', name: 'Grace' },
    ],
    createdAt: new Date(1),
    lastMessageAt: new Date(5),
    closedSeq: 7,
    messages: 3,
    readUpTo: { [visitor.id]: 3 },
  })
})

it.each([visitor, bo, grace])(
  'opens a closed chat again by a message of a $kind, and keeps where it was closed',
  (actor) => {
    expect(fold([starts, closes, says(actor)])).toMatchObject({ status: 'open', closedSeq: 2 })
  },
)

it('refuses a log without a beginning', () => {
  expect(() => fold([says(visitor)])).toThrow('begins with message')
})
