import { expect, it } from 'vitest'
import type { ShownAgent } from '../../../src/contract/agent.ts'
import { countOf, findPeople } from './find-people.ts'

const somebody = (name: string, more: Partial<ShownAgent> = {}) =>
  ({ name, email: `${name.toLowerCase()}@example.com`, teams: [], skills: [], active: true, ...more }) as ShownAgent

const people = [
  somebody('Cy', { teams: ['sales'], active: false }),
  somebody('Bo', { teams: ['sales', 'billing'], skills: ['german'] }),
  somebody('Ada', { teams: ['billing'] }),
]
const all = { words: '', team: '', skill: '', isWithGone: true }

it.each([
  ['everybody, those who left at the end', all, ['Ada', 'Bo', 'Cy']],
  ['who is here', { ...all, isWithGone: false }, ['Ada', 'Bo']],
  ['by words of the name or the address', { ...all, words: ' BO@ex ' }, ['Bo']],
  ['by team', { ...all, team: 'sales' }, ['Bo', 'Cy']],
  ['by skill', { ...all, skill: 'german' }, ['Bo']],
])('finds %s', (_what, filter, names) => {
  expect(findPeople(people, filter).map(({ name }) => name)).toEqual(names)
})

it('counts those who are here', () => {
  expect(countOf(people, 'teams')).toEqual([
    ['billing', 2],
    ['sales', 1],
  ])
})
