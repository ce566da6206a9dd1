/** A field that was refused, by its path in what was sent (`hours.timeZone`). */
export interface Fault {
  path: string
  problem: string
}

/** Why a call did not do what it should. `message` is for people; `faults` belong beside their fields. */
export class Problem extends Error {
  override name = 'Problem'
  readonly code: string
  readonly faults: readonly Fault[]

  constructor(code: string, message: string, faults: readonly Fault[] = []) {
    super(message)
    this.code = code
    this.faults = faults
  }
}

export const unreachable = (): never => {
  throw new Problem('unreachable', 'The service cannot be reached. Check the connection, then try again.')
}

/** What a refusal of the API says, whatever came in its place. */
export function problemIn(answer: unknown): Problem {
  const { code = 'unavailable', message = 'That did not work. Try again in a moment.', details } = errorIn(answer)
  return new Problem(code, message, Array.isArray(details) ? details.filter(isFault) : [])
}

export const asProblem = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem('internal', 'Something went wrong on this page. Load it again.')

function errorIn(answer: unknown): { code?: string; message?: string; details?: unknown } {
  const { error } = Object(answer)
  return Object(error)
}

const isFault = (one: unknown): one is Fault => {
  const { path, problem } = Object(one)
  return typeof path === 'string' && typeof problem === 'string'
}
