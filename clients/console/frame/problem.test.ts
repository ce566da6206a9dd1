import { expect, it } from 'vitest'
import { problemIn } from './problem.ts'

it('reads a refusal with the faults of its fields', () => {
  const details = [{ path: 'name', problem: 'too short' }, { code: 'other' }, null]
  const { code, message, faults } = problemIn({
    error: { code: 'invalid_input', message: 'A field is wrong.', details },
  })
  expect({ code, message, faults }).toEqual({
    code: 'invalid_input',
    message: 'A field is wrong.',
    faults: [{ path: 'name', problem: 'too short' }],
  })
})

it.each([[null], ['<html>'], [{ error: 'no' }], [{}]])('says something for people when %j came instead', (answer) => {
  expect(problemIn(answer)).toMatchObject({ code: 'unavailable', message: expect.stringContaining('Try again') })
})
