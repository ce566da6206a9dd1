import { expect, it } from 'vitest'
import { Problem } from '../../frame/problem.ts'
import { overtaken } from './overtaken.ts'

/** What a refused save came to, and how often the views were read. */
async function refusedWith(code: string) {
  let reads = 0
  const readAgain = async () => void (reads += 1)
  const { message } = await overtaken(new Problem(code, 'Refused.'), readAgain).catch((problem: Problem) => problem)
  return { message, reads }
}

it('reads what somebody else saved first, and nothing for another refusal', async () => {
  expect([await refusedWith('version_conflict'), await refusedWith('already_exists')]).toEqual([
    { message: expect.stringContaining('Save again'), reads: 1 },
    { message: 'Refused.', reads: 0 },
  ])
})
