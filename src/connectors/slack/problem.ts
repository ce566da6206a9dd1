/** How a call to Slack went wrong, in no library's words. */
export type Problem =
  /** No connection came about: nothing was sent. */
  | { kind: 'not_sent' }
  /** It was sent, or may have been, and no whole answer came. */
  | { kind: 'no_answer' }
  | { kind: 'http'; status: number }
  /** An answer that is not Slack's: HTML, or JSON of another shape. */
  | { kind: 'unreadable' }
  | { kind: 'rate_limited'; afterMs: number }
  /** Slack's own refusal. `needed`: the scope that is missing. */
  | { kind: 'refusal'; code: string; needed?: string }

export class SlackProblem extends Error {
  readonly method: string
  readonly problem: Problem

  constructor(method: string, problem: Problem, options?: { cause?: unknown }) {
    super(`${method}: ${describe(problem)}`, options)
    this.name = 'SlackProblem'
    this.method = method
    this.problem = problem
  }
}

function describe(problem: Problem): string {
  switch (problem.kind) {
    case 'not_sent':
      return 'Slack could not be reached'
    case 'no_answer':
      return 'no answer came from Slack'
    case 'http':
      return `Slack answered with HTTP status ${problem.status}`
    case 'unreadable':
      return 'the answer was not one of Slack'
    case 'rate_limited':
      return `Slack asks to wait ${problem.afterMs} ms`
    case 'refusal':
      return `Slack refused: ${problem.code}${problem.needed ? ` (needed: ${problem.needed})` : ''}`
  }
}
