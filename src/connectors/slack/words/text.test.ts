import fc from 'fast-check'
import { expect, it } from 'vitest'
import { escapeText, oneLine, splitText, unescapeText } from './text.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 400 })
const grapheme = fc.constantFrom('a', ' ', '\n', '&', '<', '👩‍👩‍👧', 'é', '🇩🇪', '\r\n')

it('joins the parts of any text to the whole', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 5, max: 50 }), (text, most) => splitText(text, most).join('') === text),
  )
})

it('keeps every part within the length after escaping', () => {
  const fits = (text: string, most: number) => splitText(text, most).every((part) => escapeText(part).length <= most)
  fc.assert(fc.property(anyText, fc.integer({ min: 5, max: 50 }), fits))
})

it('cuts between what a reader sees as characters', () => {
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
  const boundaries = (text: string) => new Set([...segmenter.segment(text)].map(({ index }) => index))
  const property = fc.property(fc.array(grapheme, { maxLength: 60 }), (units) => {
    const text = units.join('')
    let at = 0
    for (const part of splitText(text, 12)) {
      if (text !== '') expect(boundaries(text)).toContain(at)
      at += part.length
    }
  })
  fc.assert(property)
})

it('cuts after white space where it can', () => {
  expect(splitText('one two three', 8)).toEqual(['one two ', 'three'])
})

it('cuts one endless character between code points', () => {
  const endless = `a${'\u0301'.repeat(30)}`
  expect(splitText(endless, 10).map((part) => part.length)).toEqual([10, 10, 10, 1])
})

it('leaves no mention, channel or link standing', () => {
  expect(escapeText('<!channel> & <@U1> <https://a|b>')).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt; &lt;https://a|b&gt;')
})

it('unescapes what it escaped', () => {
  fc.assert(fc.property(anyText, (text) => unescapeText(escapeText(text)) === text))
})

it('makes one short line of a long text with breaks', () => {
  expect(oneLine(' a\n b  c😀d ', 6)).toBe('a b c…')
})
