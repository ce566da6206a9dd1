import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anyLogEvent, noted, personal } from '../../../test/support/any-log-event.ts'
import { type EventType, eventTypes, LogEvent } from '../../contract/event.ts'
import { webhookPayloads } from '../../contract/webhook-event.ts'
import { redacted } from '../../log/redact.ts'
import { createIds } from '../../platform/ids.ts'
import type { ChatNow } from './chat-now.ts'
import { makePayload } from './make-payload.ts'
import { untold, webhookTypeOf } from './type-of.ts'

const ids = createIds()
const session = ids.session()
const addresses = {
  linkTo: ({ id }: { id: string }) => ({ url: `https://files.example.com/${id}?${'s'.repeat(200)}` }),
  publicUrl: 'https://chat.example.com/',
}
const chat: ChatNow = {
  epoch: ids.epoch(),
  inbox: { key: 'shop', name: '\u0001'.repeat(100) },
  visitor: { id: ids.visitor() },
  erasedUpTo: 0,
}
const payloadOf = (event: LogEvent, erasedUpTo = 0) => makePayload(event, { ...chat, erasedUpTo }, addresses)

const ana = { kind: 'visitor', id: ids.visitor(), name: 'Ana' }
const anEvent = (type: EventType, body: object, actor: object = ana) =>
  LogEvent.parse({
    ...{ _id: ids.event(), session, seq: 7, key: 'auto:test:7', version: 1, at: new Date(1_000) },
    ...{ actor, origin: 'deskbridge', type, body },
  })

const says = (content: string, internal = false) => anEvent('message', { messageType: 'text', content, internal })
const knownAs = (visitor: object) => anEvent('visitor_updated', { visitor: { id: ana.id, ...visitor } })

const told = anyLogEvent().filter((event) => webhookTypeOf(event) !== null)

it('makes of any event a payload of its type’s own form, in less than 20 kB', () => {
  fc.assert(
    fc.property(told, fc.nat(5), (event, erasedUpTo) => {
      const payload = payloadOf(event, erasedUpTo)
      const sent = JSON.stringify(payload)
      expect(payload?.type).toBe(webhookTypeOf(event))
      expect(payload && webhookPayloads[payload.type].parse(JSON.parse(sent))).toEqual(JSON.parse(sent))
      expect(Buffer.byteLength(sent)).toBeLessThan(20_000)
    }),
    { numRuns: 500 },
  )
})

it('says nothing of a note but in events of notes', () => {
  fc.assert(
    fc.property(told, (event) => {
      const payload = payloadOf(event)
      const tells = JSON.stringify(payload).includes(noted)
      expect([tells, payload?.type.startsWith('note.')]).not.toEqual([true, false])
    }),
    { numRuns: 500 },
  )
})

it('says nothing of what was erased, in an event of the same type, before its text is gone from the log as well', () => {
  fc.assert(
    fc.property(told, (event) => {
      const payload = payloadOf(event, event.seq)
      const sent = JSON.stringify(payload)
      expect([sent.includes(personal), sent.includes(noted)]).toEqual([false, false])
      expect(payload).toEqual(payloadOf(redacted(event)))
      expect(payload).toMatchObject({ type: webhookTypeOf(event), data: { erased: true } })
    }),
  )
})

it.each(eventTypes)('tells of %s, or says why not', (type) => {
  fc.assert(
    fc.property(anyLogEvent(type), (event) => {
      expect([webhookTypeOf(event) === null, payloadOf(event) === null]).toEqual([type in untold, type in untold])
    }),
    { numRuns: 5 },
  )
})

it.each([
  { text: 'a'.repeat(10_000), kept: 10_000 },
  { text: 'é'.repeat(10_000), kept: 5_999 },
  { text: '😀'.repeat(5_000), kept: 2 * 2_999 },
  { text: '\u0000'.repeat(10_000), kept: 1_999 },
])('keeps $kept of $text.length characters, and says where the rest is', ({ text, kept }) => {
  expect(payloadOf(says(text))?.data).toMatchObject({
    ...(kept < text.length && {
      truncated: true,
      fullUrl: `https://chat.example.com/api/chat/sessions/${session}/messages?after=6&limit=1`,
    }),
    message: { text: text.slice(0, kept) },
  })
})

const long = (most: number) => '\u0001'.repeat(most)
const longest = {
  ...{ id: ana.id, name: long(200), email: 'ana@example.com', phone: '1'.repeat(40), page: long(2_000) },
  ...{ locale: 'x'.repeat(35), timeZone: 'x'.repeat(64), externalId: long(200), verified: true },
  attributes: Object.fromEntries(
    Array.from({ length: 50 }, (_, n) => [`${n}`.padEnd(64, 'x'), long(n < 45 ? 10 : 900)]),
  ),
}

it.each([
  anEvent(
    'visitor_updated',
    { visitor: { ...longest, proven: Object.keys(longest.attributes).map((key) => `attributes.${key}`) } },
    { ...ana, name: long(200) },
  ),
  anEvent(
    'message',
    {
      ...{ messageType: 'file', content: long(10_000), internal: true },
      file: { id: ids.file(), name: long(255), type: long(100), size: 1e9 },
    },
    { kind: 'colleague', system: 'zendesk', id: '7'.repeat(100), name: long(200) },
  ),
])('has room for $type with everything at its longest', (event) => {
  const bytes = Buffer.byteLength(JSON.stringify(payloadOf(event)))
  expect([bytes > 15_000, bytes < 20_000]).toEqual([true, true])
})

it('leaves out attributes that find no room, and hides no others behind them', () => {
  const cart = '語'.repeat(1_000)
  const attributes = { seen: 3, cart1: cart, cart2: cart, cart3: cart, plan: 'pro' }
  const proven = ['attributes.cart3', 'attributes.plan']
  expect(payloadOf(knownAs({ attributes, proven, verified: true }))?.data).toMatchObject({
    truncated: true,
    fullUrl: `https://chat.example.com/api/chat/sessions/${session}`,
    visitor: { attributes: { seen: 3, cart1: cart, plan: 'pro' }, proven: ['attributes.plan'] },
  })
})

it('tells what a visitor only said from what the site has proven, and not where they came from', () => {
  const said = {
    name: 'Ana',
    email: 'ana@example.com',
    ip: '10.0.0.1',
    userAgent: 'Mozilla',
    referrer: 'https://x.example',
  }
  const proven = { ...said, externalId: '7', verified: true, proven: ['email'] }
  expect([said, proven].map((visitor) => payloadOf(knownAs(visitor))?.data)).toMatchObject([
    {
      visitor: { id: ana.id, name: 'Ana', email: 'ana@example.com', verified: false, emailVerified: false, proven: [] },
    },
    { visitor: { externalId: '7', verified: true, emailVerified: true, proven: ['email'] } },
  ])
})

it('names a file with a link, and a colleague with the system where they wrote', () => {
  const file = { id: ids.file(), name: 'cup.png', type: 'image/png', size: 1, width: 2, height: 3 }
  const grace = { kind: 'colleague', system: 'slack', id: 'U7', name: 'Grace' }
  const event = anEvent('message', { messageType: 'image', content: '', internal: true, file }, grace)
  expect(payloadOf(event)).toEqual({
    type: 'note.created',
    timestamp: '1970-01-01T00:00:01.000Z',
    data: {
      ...{ eventId: event._id, version: 1, sessionId: session, seq: 7, epoch: chat.epoch, inbox: chat.inbox },
      note: {
        ...{ id: event._id, seq: 7, type: 'image', text: '', author: grace },
        file: { ...file, url: addresses.linkTo(file).url },
      },
    },
  })
})
