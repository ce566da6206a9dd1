import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readableOn } from '../contrast.ts'
import { contrast, grounds, readableTone } from './look.ts'

it.each([
  ['#1f6feb', '#fff'],
  ['#000000', '#fff'],
  ['#ffd60a', '#000'],
  ['#ffffff', '#000'],
])('writes on %s in %s', (color, text) => {
  expect(readableOn(color)).toBe(text)
})

const anyColor = fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, '0')}`)
const long = { '#fff': '#ffffff', '#000': '#000000' } as const

it('can be read in every colour: on it, and in it on the page in light and in dark', () => {
  fc.assert(
    fc.property(anyColor, (color) => {
      const on = contrast(color, long[readableOn(color) as keyof typeof long])
      const asText = [grounds.light, grounds.dark].flatMap((behind) =>
        behind.map((ground) => contrast(readableTone(color, behind), ground)),
      )
      expect(Math.min(on, ...asText)).toBeGreaterThanOrEqual(4.5)
    }),
    { numRuns: 2_000 },
  )
})

it('leaves a colour that can be read as it is', () => {
  expect([readableTone('#1a4fd8', grounds.light), readableTone('#8fb4ff', grounds.dark)]).toEqual([
    '#1a4fd8',
    '#8fb4ff',
  ])
})

it('knows the grounds that the style has', () => {
  const css = readFileSync(join(import.meta.dirname, 'look', 'base.css'), 'utf8')
  const named = ['page', 'soft'].map((name) =>
    new RegExp(`--${name}: light-dark\\((\\S+), (\\S+)\\)`).exec(css)?.slice(1),
  )
  const short = (color: string) => (color === '#ffffff' ? '#fff' : color)
  expect(named).toEqual([0, 1].map((at) => [short(grounds.light[at] ?? ''), grounds.dark[at]]))
})
