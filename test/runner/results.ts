import { z } from 'zod'

export interface Result {
  name: string
  passed: number
  failed: number
  /** What is known of each, to be read at the end of a long output. */
  failures: readonly string[]
}

const Test = z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).default([]) })

const Report = z.object({
  numTotalTests: z.number(),
  numPassedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(Test),
    }),
  ),
})

/** Everything that did not pass failed: skipped and unstarted tests, files that could not be loaded, a runner that died. */
export function readVitest(name: string, code: number, read: () => string): Result {
  try {
    const { numTotalTests, numPassedTests, testResults } = Report.parse(JSON.parse(read()))
    const brokenFiles = testResults.filter((file) => file.status !== 'passed' && file.assertionResults.length === 0)
    const failed = numTotalTests - numPassedTests + brokenFiles.length
    const hidden = failed === 0 && (code !== 0 || numTotalTests === 0) ? 1 : 0
    const ofTests = testResults.flatMap((file) => file.assertionResults.filter(isNotPassed).map(said(file.name)))
    const ofFiles = brokenFiles.map((file) => `${file.name}\n${beginningOf(file.message)}`)
    return { name, passed: numPassedTests, failed: failed + hidden, failures: [...ofTests, ...ofFiles] }
  } catch {
    return { name, passed: 0, failed: 1, failures: [] }
  }
}

export const sum = (results: readonly Result[]): Pick<Result, 'passed' | 'failed'> => ({
  passed: results.reduce((total, { passed }) => total + passed, 0),
  failed: results.reduce((total, { failed }) => total + failed, 0),
})

const isNotPassed = ({ status }: z.output<typeof Test>) => status !== 'passed'

const said = (file: string) => (test: z.output<typeof Test>) =>
  `${file} › ${test.fullName} (${test.status})\n${beginningOf(test.failureMessages.join('\n'))}`

/** Enough to see what was expected, and where. */
const mostLines = 30

const beginningOf = (message: string) =>
  message
    .split('\n')
    .slice(0, mostLines)
    .map((line) => `    ${line}`)
    .join('\n')
