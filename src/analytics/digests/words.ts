import type { z } from 'zod'
import type { MetricUnit } from '../../contract/metric.ts'

type Unit = z.infer<typeof MetricUnit>

const none = '–'
const number = (most: number) => new Intl.NumberFormat('en', { maximumFractionDigits: most })
const whole = number(0)
const tenths = number(1)
const hundredths = number(2)

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** `1,234`, `2 min 5 s`, `45.2 %`; a dash where nothing was measured. */
export function valueWords(unit: Unit, value: number | null): string {
  if (value === null) return none
  switch (unit) {
    case 'count':
      return whole.format(value)
    case 'number':
      return tenths.format(value)
    case 'score':
      return hundredths.format(value)
    case 'share':
      return `${tenths.format(value * 100)} %`
    case 'ms':
      return timeWords(value)
  }
}

function timeWords(ms: number): string {
  if (ms < 10 * second) return `${tenths.format(ms / second)} s`
  const seconds = Math.round(ms / second)
  if (seconds < 60) return `${seconds} s`
  if (seconds * second < hour) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  const minutes = Math.round(ms / minute)
  return `${whole.format(Math.floor(minutes / 60))} h ${minutes % 60} min`
}

interface Pair {
  now: number | null
  before: number | null
}

/** `+12 %`, of shares `+1.5 points`; a dash where there is nothing to compare. */
export function changeWords(unit: Unit, { now, before }: Pair): string {
  if (now === null || before === null) return none
  if (unit === 'share') return `${signed((now - before) * 100, tenths)} points`
  if (before === 0) return now === 0 ? '±0 %' : none
  return `${signed(((now - before) / before) * 100, whole)} %`
}

/** What rounds to nothing has no sign. */
function signed(value: number, format: Intl.NumberFormat): string {
  const size = format.format(Math.abs(value))
  if (size === '0') return '±0'
  return `${value < 0 ? '−' : '+'}${size}`
}
