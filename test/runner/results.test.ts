import { expect, it } from 'vitest'
import { readVitest } from './results.ts'

const file = (status: string, assertionResults: object[] = []) => ({
  name: 'chat.test.ts',
  status,
  message: 'cannot be loaded',
  assertionResults,
})
const report = (total: number, passed: number, files: object[] = []) =>
  JSON.stringify({ numTotalTests: total, numPassedTests: passed, testResults: files })

const refused = { fullName: 'counts', status: 'failed', failureMessages: ['expected 1\nto be 2'] }
const passed = { fullName: 'adds', status: 'passed', failureMessages: [] }

it.each([
  ['all passed', 0, report(5, 5, [file('passed', [passed])]), { passed: 5, failed: 0, failures: [] }],
  [
    'one failed or was skipped',
    1,
    report(5, 4, [file('failed', [passed, refused])]),
    { passed: 4, failed: 1, failures: ['chat.test.ts › counts (failed)\n    expected 1\n    to be 2'] },
  ],
  [
    'a file could not be loaded',
    1,
    report(5, 5, [file('failed')]),
    { passed: 5, failed: 1, failures: ['chat.test.ts\n    cannot be loaded'] },
  ],
  ['an error outside of any test', 1, report(5, 5), { passed: 5, failed: 1, failures: [] }],
  ['no test at all', 0, report(0, 0), { passed: 0, failed: 1, failures: [] }],
  ['a runner that died', 1, '', { passed: 0, failed: 1, failures: [] }],
])('counts %s', (_case, code, text, counts) => {
  expect(readVitest('unit', code, () => text)).toEqual({ name: 'unit', ...counts })
})
