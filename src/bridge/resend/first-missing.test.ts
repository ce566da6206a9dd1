import { expect, it } from 'vitest'
import type { LogEvent } from '../../contract/event.ts'
import { EventKey } from '../../contract/ids.ts'
import { createIds } from '../../platform/ids.ts'
import { firstMissing } from './first-missing.ts'

const ids = createIds()
const session = ids.session()
const visitor = { kind: 'visitor', id: ids.visitor() } as const
const service = { kind: 'system', rule: 'greeting' } as const

const said = (seq: number, actor: LogEvent['actor'] = visitor): LogEvent => ({
  ...{ _id: ids.event(), session, seq, key: EventKey.parse(`t:${seq}`), version: 1, at: new Date(seq), actor },
  ...{ origin: 'deskbridge', type: 'message', body: { messageType: 'text', content: `${seq}`, internal: false } },
})
const events = [1, 2, 3, 4, 5].map((seq) => said(seq))
const post = (from: number, to: number, stands: boolean) => ({ from, to, part: 1, parts: 1, stands })
const partOf = (seq: number, part: number, stands: boolean) => ({ from: seq, to: seq, part, parts: 3, stands })

const found = (...args: Parameters<typeof firstMissing>) => {
  const missing = firstMissing(...args)
  return missing && { seqs: missing.events.map(({ seq }) => seq), partsDone: missing.partsDone }
}

it.each([
  ['nothing, when all is there', [post(1, 3, true), post(4, 5, true)], null],
  [
    'all that a post carried',
    [post(1, 1, true), post(2, 4, false), post(5, 5, true)],
    { seqs: [2, 3, 4], partsDone: 0 },
  ],
  [
    'what was in several posts that followed each other',
    [post(1, 2, false), post(3, 4, false), post(5, 5, true)],
    { seqs: [1, 2, 3, 4], partsDone: 0 },
  ],
  [
    'the first of what is missing here and there',
    [post(1, 1, true), post(2, 2, false), post(3, 3, true), post(4, 5, false)],
    { seqs: [2], partsDone: 0 },
  ],
  ['nothing of what was brought again since', [post(1, 5, false), post(1, 5, true)], null],
  [
    'the part that is missing',
    [post(1, 2, true), partOf(3, 1, true), partOf(3, 2, false), partOf(3, 3, true), post(4, 5, true)],
    { seqs: [3], partsDone: 1 },
  ],
  [
    'a part that was not brought at all',
    [post(1, 2, true), partOf(3, 1, true), partOf(3, 2, true), post(4, 5, true)],
    { seqs: [3], partsDone: 2 },
  ],
  ['what a person wrote and was never brought', [post(1, 3, true), post(5, 5, true)], { seqs: [4], partsDone: 0 }],
])('finds %s', (_name, brought, expected) => {
  expect(found(events, brought)).toEqual(expected)
})

it('leaves away what the service said and was not brought', () => {
  expect(found([said(1, service), said(2)], [post(2, 2, true)])).toBe(null)
})
