import { expect, it } from 'vitest'
import { audienceOf } from './audience.ts'

const all = { notePrefix: '//', send: 'all', sendPrefix: '>>' } as const
const explicit = { ...all, send: 'explicit' } as const

it.each([
  ['said', 'Hello // there', all, { text: 'Hello // there', internal: false }],
  ['a note', '// ask legal', all, { text: 'ask legal', internal: true, marked: true }],
  ['a note after white space', ' \n//ask legal', all, { text: 'ask legal', internal: true, marked: true }],
  ['a note under a lock', ':lock: ask legal', all, { text: 'ask legal', internal: true, marked: true }],
  ['a note under a lock as a character', '🔒ask legal', all, { text: 'ask legal', internal: true, marked: true }],
  ['said with the prefix of the other way', '&gt;&gt; Hello', all, { text: '&gt;&gt; Hello', internal: false }],
  ['a note where sending is explicit', 'Hello', explicit, { text: 'Hello', internal: true }],
  ['a marked note where sending is explicit', '// Hello', explicit, { text: 'Hello', internal: true, marked: true }],
  ['sent', ' &gt;&gt; Hello', explicit, { text: 'Hello', internal: false }],
  ['sent with other words', '!c Hello', { ...explicit, sendPrefix: '!c' }, { text: 'Hello', internal: false }],
  [
    'a note with other words',
    '&lt;&amp; Hello',
    { ...all, notePrefix: '<&' },
    { text: 'Hello', internal: true, marked: true },
  ],
])('knows what is %s', (_what, text, rules, audience) => {
  expect(audienceOf(text, rules)).toEqual(audience)
})
