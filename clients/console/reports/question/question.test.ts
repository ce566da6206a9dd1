import { expect, it } from 'vitest'
import { sectionsFor } from './question.ts'

it('offers the agents’ time to those alone who see all inboxes', () => {
  const has = (inboxes: string[]) => sectionsFor({ inboxes }).some(([section]) => section === 'agents')
  expect([has([]), has(['sales'])]).toEqual([true, false])
})
