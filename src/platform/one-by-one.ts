/** The same work, whose runs never overlap: each begins when the one before has ended, however that did. */
export function oneByOne(work: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve()
  return () => {
    const run = last.then(work)
    last = run.catch(() => {})
    return run
  }
}
