/** Runs a task when it is its turn at its remote. Rejects with the signal's reason for one that is still waiting then. */
export type InTurn = <T>(remote: string, signal: AbortSignal, task: () => Promise<T>) => Promise<T>

interface Line {
  running: number
  /** In the order in which they came. */
  waiting: Set<() => void>
}

/**
 * Lets so many tasks of one remote run at once. Node's agents have such a limit as well, and dial for requests that gave up
 * while they waited, even after they were closed.
 */
export function createTurns(atOnce: number): InTurn {
  const lines = new Map<string, Line>()

  const lineOf = (remote: string): Line => {
    const line = lines.get(remote) ?? { running: 0, waiting: new Set() }
    lines.set(remote, line)
    return line
  }
  const leave = (remote: string, line: Line) => {
    const [next] = line.waiting
    if (next) next()
    else if ((line.running -= 1) === 0) lines.delete(remote)
  }

  return async (remote, signal, task) => {
    const line = lineOf(remote)
    if (line.running < atOnce) line.running += 1
    else await turnIn(line, signal)
    try {
      return await task()
    } finally {
      leave(remote, line)
    }
  }
}

/** Whoever goes before their turn gives nothing on; whoever is called keeps the place of the one who called them. */
const turnIn = ({ waiting }: Line, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const begin = () => {
      waiting.delete(begin)
      resolve()
    }
    waiting.add(begin)
    signal.addEventListener('abort', () => waiting.delete(begin) && reject(signal.reason), { once: true })
  })
