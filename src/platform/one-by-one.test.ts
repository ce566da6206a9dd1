import { expect, it } from 'vitest'
import { oneByOne } from './one-by-one.ts'

it('begins a run when the one before has ended, also after one that failed, and fails for whoever asked for it', async () => {
  const steps: string[] = []
  const ends = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let runs = 0
  const run = oneByOne(async () => {
    const mine = runs++
    steps.push(`begin ${mine}`)
    await ends[mine]?.promise
    steps.push(`end ${mine}`)
  })
  const all = Promise.allSettled([run(), run(), run()])
  ends[2]?.resolve()
  ends[1]?.reject(new Error('broken'))
  ends[0]?.resolve()
  expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(steps).toEqual(['begin 0', 'end 0', 'begin 1', 'begin 2', 'end 2'])
})
