import { expect, it } from 'vitest'
import { languages } from './all.ts'
import { en } from './en.ts'

const namesIn = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort()
const shape = (texts: object) =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, text.trim() === '' ? 'nothing' : namesIn(text)]))

it.each(Object.keys(languages))('says in %s all that it says in English, with the same names filled in', (code) => {
  expect(shape(languages[code] ?? {})).toEqual(shape(en))
})

it('speaks twelve languages, two of them from right to left', () => {
  const codes = 'ar de en es fr he it ja nl pl pt tr'.split(' ')
  expect(Object.keys(languages).sort()).toEqual(codes)
})
