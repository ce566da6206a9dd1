import { expect, it } from 'vitest'
import { emptyHeaders, newEndpoint, writtenChanges } from './written.ts'

const before = { ...newEndpoint, url: 'https://crm.example', headers: null }

it('sends what was typed over and nothing else', () => {
  const headers = [{ name: 'authorization', value: 'x' }]
  const changes = writtenChanges(before, { ...before, events: ['*'], headers, scheme: 'v1a' })
  expect(changes).toEqual({ events: ['*'], headers })
})

it('sends nothing of what is as it was', () => {
  expect(writtenChanges(before, { ...before })).toEqual({})
})

it('misses each value that was not typed', () => {
  const headers = [
    { name: 'a', value: 'x' },
    { name: 'b', value: '' },
  ]
  expect(emptyHeaders(headers)).toEqual([{ path: 'headers.1.value', problem: 'Type the value.' }])
})
