import { expect, it } from 'vitest'
import { countedText } from './counted-text.ts'

const wait = (value: number) => ({ of: 'wait', value })

it.each([
  ['ms', [wait(65_000)], '1 min 05 s'],
  ['ms', [1, 2, 3, 4, 5].map((minutes) => wait(minutes * 60_000)), '1 min 00 s, 2 min 00 s, 3 min 00 s and 2 more'],
  ['number', [{ of: 'queued_ms', value: 90_000 }], '1 min 30 s'],
  [
    'count',
    [
      { of: 'visitor_messages', value: 2 },
      { of: 'visitor_messages', value: 1 },
    ],
    '3',
  ],
  [
    'score',
    [
      { of: 'ratings', value: 1 },
      { of: 'score', value: 4 },
    ],
    '4',
  ],
  [
    'share',
    [
      { of: 'closed', value: 1 },
      { of: 'missed', value: 1 },
    ],
    'closed, missed',
  ],
  [
    'number',
    [
      { of: 'started', value: 1 },
      { of: 'agent_messages', value: 4 },
    ],
    'started, 4 of the team',
  ],
  ['share', [{ of: 'something_new', value: 1 }], 'something new'],
] as const)('of a %s, %j is %s', (unit, values, text) => {
  expect(countedText({ unit }, values)).toBe(text)
})
