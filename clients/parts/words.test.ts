import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isEmojiOnly, partsOf } from './words.ts'

const link = (href: string, text = href) => ({ href, text })

it.each([
  ['See https://shop.example/pots?c=blue#1.', ['See ', link('https://shop.example/pots?c=blue#1'), '.']],
  ['(https://en.example/wiki/Pot_(plant))', ['(', link('https://en.example/wiki/Pot_(plant)'), ')']],
  ['www.shop.example, please', [link('https://www.shop.example/', 'www.shop.example'), ', please']],
  ['Write to ana@shop.example!', ['Write to ', link('mailto:ana@shop.example', 'ana@shop.example'), '!']],
  ['HTTP://SHOP.EXAMPLE', [link('http://shop.example/', 'HTTP://SHOP.EXAMPLE')]],
  ['javascript:alert(1) data:text/html,x', ['javascript:alert(1) data:text/html,x']],
  ['https://', ['https://']],
  ['', []],
])('finds what can be opened in %j', (text, parts) => {
  expect(partsOf(text)).toEqual(parts)
})

const piece = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.emailAddress(),
  fc.constantFrom('javascript:alert(1)', 'www.', 'mailto:', '(', ')', '.', '<a href="x">', 'https://', '\n', '@'),
)

it('changes nothing of a text, and links only to pages and mails', () => {
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('')
      const parts = partsOf(text)
      expect(parts.map((part) => (typeof part === 'string' ? part : part.text)).join('')).toBe(text)
      for (const part of parts) if (typeof part !== 'string') expect(part.href).toMatch(/^(https?:\/\/|mailto:)/)
    }),
  )
})

it.each([
  ['👍', true],
  ['👩‍👩‍👧‍👧 🇵🇹', true],
  ['❤️', true],
  ['👍 ok', false],
  ['5', false],
  ['👍'.repeat(30), false],
  [' ', false],
])('takes %j for a pictogram alone: %s', (text, isOne) => {
  expect(isEmojiOnly(text)).toBe(isOne)
})
