import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ana, bo, said } from '../../../test/integration/zendesk/events.ts'
import { maxMessageLength } from '../../contract/event.ts'
import { FileId } from '../../contract/ids.ts'
import { mostBytes, neutralize, packed, paragraphWith } from './text.ts'

const linkTo = ({ id }: { id: string }) => `https://files.example/${id}`
const paragraph = paragraphWith({ linkTo, timeZone: 'UTC' })

it('heads a message with who wrote it and when', () => {
  expect([said(2, 'Hello'), said(3, 'Look here', bo, true)].map(paragraph)).toEqual([
    'Ana · 2026-01-02 12:00:02 UTC\nHello',
    'Bo (note) · 2026-01-02 12:00:03 UTC\nLook here',
  ])
})

it('says the time on the clock of those who read it, summer time included', () => {
  const inJuly = { ...said(2, 'Hello'), at: new Date('2026-07-02T22:30:00Z') }
  const clocks = ['Europe/Paris', 'America/New_York', 'Asia/Kolkata'].map((timeZone) =>
    [inJuly, said(2, 'Hello')].map((event) => paragraphWith({ linkTo, timeZone })(event).split(/ · |\n/)[1]),
  )
  expect(clocks).toEqual([
    ['2026-07-03 00:30:00 CEST', '2026-01-02 13:00:02 CET'],
    ['2026-07-02 18:30:00 GMT-4', '2026-01-02 07:00:02 GMT-5'],
    ['2026-07-03 04:00:00 GMT+5:30', '2026-01-02 17:30:02 GMT+5:30'],
  ])
})

it('brings a file as its caption, name, size and link', () => {
  const file = {
    id: FileId.parse(`fil_${'0'.repeat(24)}`),
    name: 'Bill {{1}}.pdf',
    type: 'application/pdf',
    size: 12_345,
  }
  const sent = (content: string) => {
    const event = said(2, content)
    return { ...event, body: { ...event.body, messageType: 'file' as const, file } }
  }
  const line = `Bill {\u200b{1}}.pdf (12.3 kB): https://files.example/${file.id}`
  expect([sent('Mine'), sent('')].map(paragraph)).toEqual([
    `Ana · 2026-01-02 12:00:02 UTC\nMine\n${line}`,
    `Ana · 2026-01-02 12:00:02 UTC\n${line}`,
  ])
})

it('calls a visitor without a name a visitor', () => {
  const { id } = Object(ana)
  expect(paragraph(said(2, 'Hi', { kind: 'visitor', id }))).toBe('Visitor · 2026-01-02 12:00:02 UTC\nHi')
})

it('leaves no placeholder or Liquid for Zendesk to render, and changes nothing that can be seen', () => {
  const texts = fc.string({ unit: fc.constantFrom('{', '}', '%', 'a', ' ') })
  fc.assert(
    fc.property(texts, (text) => {
      const sent = neutralize(text)
      expect({ rendered: /\{[{%]/.test(sent), seen: sent.replaceAll('\u200b', '') }).toEqual({
        rendered: false,
        seen: text,
      })
    }),
  )
})

it('takes the longest message there is into one comment, whatever it is made of', () => {
  const longest = ['a', '{', '😀', '語', '\ud800'].map((point) => paragraph(said(2, point.repeat(maxMessageLength))))
  expect(longest.map((text) => packed([text]).map((comment) => Buffer.byteLength(comment) <= mostBytes))).toEqual(
    longest.map(() => [true]),
  )
})

it('packs messages in their order, none lost, no comment too long', () => {
  const length = fc.integer({ min: 1, max: 40_000 })
  fc.assert(
    fc.property(fc.array(length, { minLength: 1, maxLength: 8 }), (lengths) => {
      const messages = lengths.map((size, index) => String(index).repeat(size).slice(0, size))
      const comments = packed(messages)
      expect({ whole: comments.join('\n\n'), tooLong: comments.filter((text) => text.length > mostBytes) }).toEqual({
        whole: messages.join('\n\n'),
        tooLong: [],
      })
    }),
  )
})
