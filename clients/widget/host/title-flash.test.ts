import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createTitleFlash } from './title-flash.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function aFlash(isCalm: boolean) {
  const said: (string | null)[] = []
  return {
    said,
    flash: createTitleFlash(
      (title) => said.push(title),
      () => isCalm,
    ),
  }
}

it('says the news in turn with the page’s own title until there are none', () => {
  const { said, flash } = aFlash(false)
  flash('1 new message')
  vi.advanceTimersByTime(3_000)
  flash(null)
  vi.advanceTimersByTime(9_000)
  expect(said).toEqual(['1 new message', null, '1 new message', null])
})

it('says it once to who wants less motion', () => {
  const { said, flash } = aFlash(true)
  flash('1 new message')
  flash('1 new message')
  vi.advanceTimersByTime(9_000)
  flash(null)
  expect(said).toEqual(['1 new message', null])
})
