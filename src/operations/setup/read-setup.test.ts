import { expect, it } from 'vitest'
import { systemWait } from '../../platform/clock.ts'
import { createSetup } from './read-setup.ts'
import { done, type Step } from './step.ts'

/** Setting up, of steps that are looked at like this, with a clock that a test moves. */
function aSetup(...looks: Step['look'][]) {
  let time = 1_000_000
  const steps = looks.map((look): Step => ({ id: 'mail', title: 'Mails', isOptional: true, look }))
  const read = createSetup({ steps, limitMs: 5, now: () => time, wait: systemWait })
  return { states: async () => (await read()).steps.map(({ state }) => state), pass: (ms: number) => (time += ms) }
}

it('knows nothing of a step that takes too long or breaks, and says all the others', async () => {
  const never = new Promise<never>(() => {})
  const { states } = aSetup(
    () => never,
    async () => {
      throw new Error('no way')
    },
    async () => done('there'),
  )
  expect(await states()).toEqual(['unknown', 'unknown', 'done'])
})

it('looks once for all who ask within half a minute', async () => {
  let looked = 0
  const { states, pass } = aSetup(async () => done(`${(looked += 1)}`))
  await Promise.all([states(), states()])
  pass(29_000)
  await states()
  const before = looked
  pass(2_000)
  await states()
  expect([before, looked]).toEqual([1, 2])
})
