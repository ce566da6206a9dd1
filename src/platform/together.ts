interface Asked<Q, A> {
  question: Q
  resolve(answer: A): void
  reject(error: unknown): void
}

/**
 * Answers many questions by one round trip: those that come while a round is under way make the next, at most `most` in one.
 * `ask` answers in the order of its questions; what it throws is thrown to each of them. `gatherMs`: how long after a round
 * others may still come along with the next; whoever asks after that waits for nobody.
 */
export function together<Q, A>(
  ask: (questions: readonly Q[]) => Promise<readonly A[]>,
  most: number,
  gatherMs = 0,
): (question: Q) => Promise<A> {
  let waiting: Asked<Q, A>[] = []
  let isAsking = false

  const rounds = async () => {
    isAsking = true
    // All of this turn come along.
    await new Promise(setImmediate)
    while (waiting.length > 0) {
      const round = waiting.slice(0, most)
      waiting = waiting.slice(most)
      await answer(ask, round)
      if (gatherMs > 0) await new Promise((go) => setTimeout(go, gatherMs))
    }
    isAsking = false
  }

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject })
      if (!isAsking) void rounds()
    })
}

async function answer<Q, A>(
  ask: (questions: readonly Q[]) => Promise<readonly A[]>,
  round: readonly Asked<Q, A>[],
): Promise<void> {
  try {
    const answers = await ask(round.map(({ question }) => question))
    for (const [index, found] of answers.entries()) round[index]?.resolve(found)
    for (const one of round.slice(answers.length)) one.reject(new Error('a question was left without an answer'))
  } catch (error) {
    for (const one of round) one.reject(error)
  }
}
