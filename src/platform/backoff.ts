/** ms to wait after so many failures in a row: doubling, at most `most`, and up to a fifth less so that many do not come at once. */
export function retryDelay(failures: number, times: { first: number; most: number }, random: () => number): number {
  const doublings = Math.min(Math.max(failures - 1, 0), 30)
  const full = Math.min(times.most, times.first * 2 ** doublings)
  return full * (1 - random() / 5)
}
