import { expect, it } from 'vitest'
import type { ZendeskApi } from './api.ts'
import { createChangedSince } from './changed-since.ts'

const now = Date.UTC(2026, 0, 2, 12)
const ticket = { id: '7', status: 'open', updated_at: '2026-01-02T11:58:00Z', tags: [] }

/** What is asked of Zendesk, and what comes of it. */
async function asked(cursor: string | null, next: string | null) {
  const questions: object[] = []
  const changedTickets: ZendeskApi['changedTickets'] = async (since) => {
    questions.push(since)
    return { tickets: next === null ? [] : [ticket], next, more: false }
  }
  return { questions, answer: await createChangedSince({ changedTickets }, () => now)(cursor) }
}

it.each([
  ['from a few minutes ago to begin with', null, 'abc', { startTime: now / 1_000 - 300 }, 'abc'],
  ['from the cursor that it gave', 'abc', 'def', { cursor: 'abc' }, 'def'],
  ['from the cursor again where nothing changed', 'abc', null, { cursor: 'abc' }, 'abc'],
  ['from the same time until there is a cursor', 'since 1000', null, { startTime: 1_000 }, 'since 1000'],
])('asks %s', async (_what, cursor, given, question, next) => {
  const { questions, answer } = await asked(cursor, given)
  const threads = given === null ? [] : ['7']
  expect([questions, answer]).toEqual([[question], { threads, next, more: false }])
})
