import { expect, it } from 'vitest'
import { asSentence } from './words.ts'

it('begins with a capital what is no name or address', () => {
  const found = ['no mail server is set', 'smtp.example answers', 'https://chat.example answers', 'PUBLIC_URL is …']
  expect(found.map(asSentence)).toEqual(['No mail server is set', ...found.slice(1)])
})
