import fc from 'fast-check'
import { type EventType, eventTypes, LogEvent, maxMessageLength } from '../../src/contract/event.ts'
import { createIds } from '../../src/platform/ids.ts'

/** Begins what a visitor and the team wrote, and what a note says: neither comes about by chance. */
export const personal = 'PERSONAL'
export const noted = 'NOTED'

const ids = createIds((size) => new Uint8Array(size).fill(7))
const oneOf = fc.constantFrom
const keyId = ids.key()

/** Of `most` UTF-16 units at most, often of just as many, and of characters that take from one byte to six in JSON. */
const text = (most: number, beginning = personal): fc.Arbitrary<string> => {
  const long = fc
    .tuple(oneOf('a', '"', '\\', '\u0000', 'é', '語', '😀'), fc.nat(most))
    .map(([character, count]) => character.repeat(count))
  const any = fc.oneof(long, fc.string({ unit: 'binary', maxLength: 100 }))
  return any.map((rest) => `${beginning}${rest}`.slice(0, most).toWellFormed().trim())
}

const flag = fc.boolean()
const seq = fc.nat()

const attributes = fc.dictionary(fc.stringMatching(/^[A-Za-z0-9_]{1,64}$/), fc.oneof(text(1_000), fc.double(), flag), {
  maxKeys: 50,
  size: 'max',
})
const finite = attributes.map((all) =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => typeof value !== 'number' || Number.isFinite(value))),
)

const facts = {
  name: text(200),
  email: oneOf(`${personal}@example.com`),
  phone: oneOf('+351 1'),
  page: text(2_000),
  ip: oneOf(personal),
  userAgent: text(1_000),
  externalId: text(200),
  verified: flag,
  attributes: finite,
}
const visitor = fc.record(facts, { requiredKeys: [] }).map((known) => ({
  id: ids.visitor(),
  ...known,
  proven: [...Object.keys(known.attributes ?? {}).map((key) => `attributes.${key}`), 'email', 'name'],
}))

const agent = text(200, 'Bo').map((name) => ({ id: ids.agent(), name }))
const actor = fc.oneof(
  text(200).map((name) => ({ kind: 'visitor', id: ids.visitor(), name })),
  agent.map((who) => ({ kind: 'agent', ...who })),
  fc.record({ kind: oneOf('colleague'), system: oneOf('slack'), id: text(100, 'U7'), name: text(200, 'Grace') }),
  text(200, 'Shop').map((name) => ({ kind: 'bot', id: keyId, name })),
  oneOf({ kind: 'admin', id: 'key' }, { kind: 'system', rule: 'greeting' }),
)

const file = fc.record({
  id: oneOf(ids.file()),
  name: text(255),
  type: text(100, 'image/'),
  size: fc.nat(),
})
const contentOf = (internal: boolean) =>
  text(2 * maxMessageLength, internal ? noted : personal).map((all) =>
    Array.from(all).slice(0, maxMessageLength).join(''),
  )
const withContent = (internal: boolean) => fc.record({ internal: fc.constant(internal), content: contentOf(internal) })
const said = flag.chain(withContent)
const target = { message: oneOf(ids.event()), messageSeq: fc.integer({ min: 1 }) }
const none = fc.constant({})
const reason = <T extends string>(...reasons: T[]) => oneOf(...reasons)
const resolution = oneOf('res_1')

const bodies: Record<EventType, fc.Arbitrary<object>> = {
  session_started: fc.record({ epoch: oneOf(ids.epoch()), inbox: oneOf('shop'), visitor, channel: oneOf('web') }),
  visitor_updated: fc.record({ visitor }),
  message: fc
    .tuple(said, fc.option(file, { nil: undefined }))
    .map(([body, shown]) => ({ ...body, messageType: shown ? 'image' : 'text', ...(shown && { file: shown }) })),
  message_edited: fc.tuple(said, fc.record(target)).map(([body, of]) => ({ ...body, ...of })),
  message_deleted: fc.record({ ...target, internal: flag }),
  message_read: fc.record({ upTo: seq }),
  message_delivered: fc.record({ upTo: seq }),
  agent_joined: none,
  agent_left: none,
  assigned: fc.record({ agent, reason: reason('routing', 'last_agent', 'taken') }),
  unassigned: fc.record({ agent, reason: reason('released', 'no_answer', 'offline') }),
  transferred: fc.record({
    to: fc.oneof(
      agent.map((who) => ({ kind: 'agent', agent: who })),
      oneOf({ kind: 'team', team: 'refunds' }),
    ),
    note: text(2_000, noted),
  }),
  tags_changed: oneOf({ tags: ['vip'] }),
  session_closed: fc.record({ resolution, reason: reason('visitor', 'agent', 'admin', 'timeout') }),
  session_reopened: none,
  rated: fc.record({ resolution, score: fc.integer({ min: 1, max: 5 }), comment: text(2_000) }),
  emailed: fc.record({ what: reason('answers', 'transcript'), to: oneOf(`${personal}@example.com`), upTo: seq }),
  ticket_requested: none,
  alerted: oneOf({ waitingSince: new Date(1), rule: 60_000, nth: 1 }),
  ticket_linked: oneOf({ system: 'zendesk', id: '7', url: 'https://example.zendesk.com/agent/tickets/7' }),
  erased: fc.record({ upTo: seq, reason: reason('request', 'retention') }),
  restored: oneOf({ epoch: ids.epoch() }),
}

/** Any event that a log can hold. */
export const anyLogEvent = (type?: EventType): fc.Arbitrary<LogEvent> =>
  (type ? oneOf(type) : oneOf(...eventTypes)).chain((of) =>
    fc
      .record({ at: fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }), actor, body: bodies[of] })
      .map((rest) =>
        LogEvent.parse({
          ...{ _id: ids.event(), session: ids.session(), seq: 3, key: 'auto:test:3', version: 1, origin: 'deskbridge' },
          ...{ type: of, ...rest },
        }),
      ),
  )
