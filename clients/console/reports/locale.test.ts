import { expect, it } from 'vitest'
import { localeOf } from './locale.ts'

it('takes the first language that there is', () => {
  expect([localeOf(['en-US@posix', 'de-AT', 'en']), localeOf(['en-US@posix']), localeOf([])]).toEqual([
    'de-AT',
    'en',
    'en',
  ])
})
