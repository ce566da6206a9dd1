import { expect, it } from 'vitest'
import { readVitest } from './results.ts'

const report = (total: number, passed: number, files: { status: string; assertionResults: unknown[] }[] = []) =>
  JSON.stringify({ numTotalTests: total, numPassedTests: passed, testResults: files })

it.each([
  ['all passed', 0, report(5, 5), { passed: 5, failed: 0 }],
  ['one failed or was skipped', 1, report(5, 4), { passed: 4, failed: 1 }],
  [
    'a file could not be loaded',
    1,
    report(5, 5, [{ status: 'failed', assertionResults: [] }]),
    { passed: 5, failed: 1 },
  ],
  ['an error outside of any test', 1, report(5, 5), { passed: 5, failed: 1 }],
  ['no test at all', 0, report(0, 0), { passed: 0, failed: 1 }],
  ['a runner that died', 1, '', { passed: 0, failed: 1 }],
])('counts %s', (_case, code, text, counts) => {
  expect(readVitest('unit', code, () => text)).toEqual({ name: 'unit', ...counts })
})
