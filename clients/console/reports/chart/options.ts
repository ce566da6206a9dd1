import type uPlot from 'uplot'
import type { ShownMetric } from '../../../../src/contract/analytics.ts'
import { words } from '../figures/figure-words.ts'
import { colourIn } from './colours.ts'

/** One stretch of time. */
export interface DrawnLine {
  key: string
  /** Below the chart. */
  short: string
  whole: string
  now: number | null
  before: number | null
}

type Unit = ShownMetric['unit']

interface Drawing {
  host: HTMLElement
  unit: Unit
  lines: readonly DrawnLine[]
  hasBefore: boolean
  onPoint(line: number | null): void
}

/** More points than that would be a chain of pearls. */
const mostPoints = 31

export function optionsFor({
  host,
  unit,
  lines,
  hasBefore,
  onPoint,
}: Drawing): Omit<uPlot.Options, 'width' | 'height'> {
  const colour = (name: string) => colourIn(host, name)
  const [accent, muted, line] = ['var(--accent)', 'var(--muted)', 'var(--line)'].map(colour)
  const points = { show: lines.length <= mostPoints, size: 6, ...(accent && { fill: accent }) }
  const before: uPlot.Series = { stroke: muted ?? '', width: 1.5, dash: [4, 4], points: { show: false } }
  const now: uPlot.Series = {
    stroke: accent ?? '',
    width: 2,
    fill: colour('color-mix(in srgb, var(--accent) 10%, transparent)'),
    points,
  }
  const font = `12px ${getComputedStyle(host).fontFamily}`
  return {
    legend: { show: false },
    // Half of the last label stands beyond the last point.
    padding: [10, Math.max(8, 3.6 * (lines.at(-1)?.short.length ?? 0)), 0, 0],
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 8 } },
    scales: { x: { time: false, range: xRange }, y: { range: (_, __, most) => [0, topOf(unit, most)] } },
    series: [{}, ...(hasBefore ? [before] : []), now],
    axes: [
      {
        ...{ font, stroke: muted ?? '', gap: 8, size: 30, space: 64, incrs: wholeSteps },
        grid: { show: false },
        ticks: { show: false },
        values: (_, at) => at.map((index) => lines[index]?.short ?? ''),
      },
      {
        ...{ font, stroke: muted ?? '', gap: 8, space: 44, ...(stepsOf[unit] && { incrs: stepsOf[unit] }) },
        size: (_, texts) => 16 + 7 * Math.max(2, ...(texts ?? []).map(({ length }) => length)),
        grid: { stroke: line ?? '', width: 1 },
        ticks: { show: false },
        values: (_, at) => at.map((value) => words.inShort(unit, value)),
      },
    ],
    hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)] },
  }
}

/** A single point stands in the middle. */
const xRange = (_: unknown, from: number, until: number): [number, number] =>
  from === until ? [from - 1, until + 1] : [from, until]

/** Where nothing happened there is still an axis. */
function topOf(unit: Unit, most: number | null): number {
  if (unit === 'score') return 5
  if (!most) return unit === 'ms' ? 60_000 : unit === 'share' ? 1 : 4
  return unit === 'share' ? Math.min(1, most * 1.15) : most * 1.15
}

const wholeSteps = [1, 2, 5]
  .flatMap((step) => Array.from({ length: 9 }, (_, power) => step * 10 ** power))
  .toSorted(ascending)

/** Steps of clocks, in ms: nobody counts in hundreds of seconds. */
const timeSteps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * 1_000),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * 60_000),
  ...[1, 2, 3, 6, 12, 24, 48, 120, 240, 480, 1_200, 2_400, 4_800, 12_000, 24_000].map((hours) => hours * 3_600_000),
]

const stepsOf: Record<Unit, number[] | undefined> = {
  count: wholeSteps,
  ms: timeSteps,
  score: [1, 5],
  number: undefined,
  share: undefined,
}

function ascending(one: number, other: number): number {
  return one - other
}
