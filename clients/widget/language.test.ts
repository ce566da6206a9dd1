import { expect, it } from 'vitest'
import { languageOf } from './language.ts'

const known = { en: 0, de: 0, pt: 0 }

it.each([
  [['de-AT', 'en'], 'de'],
  [[undefined, 'fr', 'pt_BR'], 'pt'],
  [['EN'], 'en'],
  [['fr', '', 'constructor'], 'en'],
])('speaks with %j', (wanted, language) => {
  expect(languageOf(wanted, known)).toBe(language)
})
