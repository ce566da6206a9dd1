import fc from 'fast-check'
import { expect, it } from 'vitest'
import { byPlace, newestFirst, type Window } from './newest-first.ts'

const dayMs = 86_400_000
const now = 1_000 * dayMs
const places = fc.uniqueArray(fc.record({ at: fc.nat(now).map((at) => new Date(at)), id: fc.string() }), {
  selector: ({ id }) => id,
})

it('reads what is newest within its bounds, as one sorted read would', async () => {
  await fc.assert(
    fc.asyncProperty(places, fc.nat(20), fc.nat(now), async (all, enough, from) => {
      const bounds = { from: new Date(from), to: new Date(now) }
      const within = ({ from, to }: Window) => all.filter(({ at }) => at >= from && at < to).sort(byPlace)
      const found = await newestFirst(bounds, enough, async (window, most) => within(window).slice(0, most))
      expect(found).toEqual(within(bounds).slice(0, enough))
    }),
  )
})

it('asks for the last day alone when that holds enough', async () => {
  const asked: Window[] = []
  await newestFirst({ from: new Date(0), to: new Date(now) }, 2, async (window) => {
    asked.push(window)
    return [1, 2]
  })
  expect(asked).toEqual([{ from: new Date(now - dayMs), to: new Date(now) }])
})
