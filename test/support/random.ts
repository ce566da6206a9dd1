/** Choices that a seed repeats. */
export function aRandom(seed: number) {
  let state = seed >>> 0
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  return {
    next,
    between: (least: number, most: number) => least + next() * (most - least),
    pick<T>(all: readonly T[]): T {
      const one = all[Math.floor(next() * all.length)]
      if (one === undefined) throw new Error('there is nothing to choose from')
      return one
    },
  }
}

export type Random = ReturnType<typeof aRandom>
