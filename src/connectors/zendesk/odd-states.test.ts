import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { oddStates } from './odd-states.ts'

const guide = readFileSync(new URL('../../../docs/zendesk.md', import.meta.url), 'utf8')

it('has a line for each odd state in the guide for administrators', () => {
  const lines = Object.values(oddStates).map(({ said }) => said)
  expect(lines.filter((line) => !guide.includes(`\`${line}\``))).toEqual([])
})
