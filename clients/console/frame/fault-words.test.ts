import { expect, it } from 'vitest'
import { CreateAgent } from '../../../src/contract/agent.ts'
import { Inbox } from '../../../src/contract/inbox.ts'
import { parseInput } from '../../../src/contract/parse.ts'
import { wordsFor } from './fault-words.ts'
import { faultIn } from './form.ts'
import type { Fault } from './problem.ts'

function faultsOf(parse: () => unknown): Fault[] {
  try {
    parse()
  } catch (error) {
    return Object(error).details
  }
  return []
}

it('says in plain words what the contract’s own schemas refuse', () => {
  const agent = { name: ' ', email: 'bo', capacity: 1_000, skills: [''] }
  const faults = faultsOf(() => parseInput(CreateAgent, agent))
  expect(faults.map(({ path, problem }) => [path, wordsFor(problem)])).toEqual([
    ['name', 'This cannot be empty.'],
    ['email', 'This is not an email address.'],
    ['capacity', 'This number is too large.'],
    ['skills.0', expect.stringMatching(/\.$/)],
  ])
})

it('finds what is wrong inside a field, and nothing beside it', () => {
  const inbox = { key: 'shop', name: 'Shop', allowedOrigins: ['Shop'], hours: { timeZone: 'Nowhere', weekly: {} } }
  const faults = faultsOf(() => parseInput(Inbox, inbox))
  expect(['allowedOrigins', 'hours.timeZone', 'name'].map((path) => faultIn(faults, path))).toEqual([
    'Must be an origin such as https://shop.example, in lower case and without a path, or *.',
    'Must be an IANA time zone such as Europe/Lisbon.',
    null,
  ])
})
