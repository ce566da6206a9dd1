const units: readonly [name: string, ms: number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
]

/** How long something takes, in the largest unit that it fills: `40 s`, `3 min`. */
export function lasting(ms: number): string {
  const [name, size] = units.find(([, least]) => ms >= least) ?? ['ms', 1]
  return `${Math.round(ms / size)} ${name}`
}
