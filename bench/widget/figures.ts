import { quantile } from '../load.ts'

export interface Contestant {
  url: string
  /** What opens its frame. */
  button: string
  /** In the frame: what adds a bubble with what was written. */
  add: string
  emoji?: string
  menu?: string
}

/** Event Timing's own where it can say something; null: under 16 ms. */
export interface Figure {
  took: number
  told?: number | null
}

/** What was measured of one page, by name. */
export interface Figures {
  add(name: string, figure: Figure): void
  of(name: string): readonly Figure[]
}

export function createFigures(): Figures {
  const all = new Map<string, Figure[]>()
  const of = (name: string) => all.get(name) ?? []
  return {
    add: (name, figure) => void all.set(name, [...of(name), figure]),
    of,
  }
}

const ms = (value: number) => value.toFixed(0)

/** The middle and the 95th of a hundred; what Event Timing says of the latter. */
const cells = (figures: readonly Figure[]): string[] => {
  const took = figures.map((figure) => figure.took)
  const told = figures.flatMap((figure) => (figure.told === undefined ? [] : [figure.told ?? 0]))
  const most = quantile(told, 0.95)
  return [ms(quantile(took, 0.5)), ms(quantile(took, 0.95)), told.length === 0 ? '' : most < 16 ? '<16' : ms(most)]
}

const middle = (figures: readonly Figure[]) =>
  quantile(
    figures.map(({ took }) => took),
    0.5,
  )

/** `beside`: what of the empty page it is compared with, if it is not the same. */
export interface Row {
  name: string
  beside?: string
}

interface Table {
  title: string
  /** What the 95th of a hundred is to stay under. ms */
  most: number
  rows: readonly Row[]
  widget: Figures
  empty: Figures
}

export function print({ title, most, rows, widget, empty }: Table): void {
  const row = (first: string, rest: readonly string[]) =>
    console.log(first.padEnd(54) + rest.map((cell) => cell.padStart(8)).join(''))
  console.log(`\n${title}; ms, to stay under ${most}`)
  row('', ['widget', '', '', 'empty', '', '', 'p50 of both', ''])
  row('', ['p50', 'p95', 'p95*', 'p50', 'p95', 'p95*', 'more', 'times'])
  for (const { name, beside = name } of rows) {
    const [ours, theirs] = [widget.of(name), empty.of(beside)]
    const [one, other] = [middle(ours), middle(theirs)]
    row(name, [...cells(ours), ...cells(theirs), ms(one - other), `${(one / other).toFixed(1)}×`])
  }
}
