import { z } from 'zod'

export interface Result {
  name: string
  passed: number
  failed: number
}

const Report = z.object({
  numTotalTests: z.number(),
  numPassedTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
})

/** Everything that did not pass failed: skipped and unstarted tests, files that could not be loaded, a runner that died. */
export function readVitest(name: string, code: number, read: () => string): Result {
  try {
    const { numTotalTests, numPassedTests, testResults } = Report.parse(JSON.parse(read()))
    const brokenFiles = testResults.filter(
      (file) => file.status !== 'passed' && file.assertionResults.length === 0,
    ).length
    const failed = numTotalTests - numPassedTests + brokenFiles
    const hidden = failed === 0 && (code !== 0 || numTotalTests === 0) ? 1 : 0
    return { name, passed: numPassedTests, failed: failed + hidden }
  } catch {
    return { name, passed: 0, failed: 1 }
  }
}

export const sum = (results: readonly Result[]): Pick<Result, 'passed' | 'failed'> => ({
  passed: results.reduce((total, { passed }) => total + passed, 0),
  failed: results.reduce((total, { failed }) => total + failed, 0),
})
