import { aRandom, type Random } from '../../test/support/random.ts'

export interface Chances extends Random {
  /** True so often, from 0 to 1. */
  chance(share: number): boolean
  /** How long until something that may happen at any moment. */
  exponential(mean: number): number
  /** How long people take: mostly about the median, at times many times as long. */
  logNormal(median: number, spread: number): number
}

/** What happens on the floor by chance: the same for the same seed. */
export function createChances(seed: number): Chances {
  const random = aRandom(seed)
  const above0 = () => 1 - random.next()
  const normal = () => Math.sqrt(-2 * Math.log(above0())) * Math.cos(2 * Math.PI * random.next())
  return {
    ...random,
    chance: (share) => random.next() < share,
    exponential: (mean) => -mean * Math.log(above0()),
    logNormal: (median, spread) => median * Math.exp(spread * normal()),
  }
}
