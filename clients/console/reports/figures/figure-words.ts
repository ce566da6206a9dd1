import type { ShownMetric } from '../../../../src/contract/analytics.ts'
import type { MetricValue } from '../../../../src/contract/metric.ts'
import { locale } from '../locale.ts'

type Unit = ShownMetric['unit']

const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000]
export const nothing = '–'

/** Figures as people read them, with the digits of a locale. */
export function createFigureWords(locale: string) {
  const digits = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options)
  const whole = digits({ maximumFractionDigits: 0 })
  const oneDecimal = digits({ minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const twoDecimals = digits({ minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const percent = digits({ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const shortPercent = digits({ style: 'percent', maximumFractionDigits: 1 })
  const short = digits({ maximumFractionDigits: 1 })
  const compact = digits({ notation: 'compact', maximumFractionDigits: 1 })
  const two = (number: number) => String(number).padStart(2, '0')

  /** The two largest units that it fills: `4.2 s`, `1 min 05 s`, `2 h 04 min`. */
  const lasting = (ms: number): string => {
    if (ms === 0) return '0 s'
    if (ms < second) return `${whole.format(ms)} ms`
    const seconds = Math.round(ms / second)
    if (ms < 10 * second) return `${short.format(ms / second)} s`
    if (seconds < 60) return `${seconds} s`
    if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`
    const minutes = Math.round(ms / minute)
    if (minutes < 1_440) return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`
    const hours = Math.round(ms / hour)
    return `${whole.format(Math.floor(hours / 24))} d ${two(hours % 24)} h`
  }

  /** In the largest unit, where there is little room: `1.5 min`. */
  const shortly = (ms: number): string => {
    const [name, size] = units.find(([, least]) => ms >= least) ?? ['s', second]
    return `${compact.format(Math.round((ms / size) * 10) / 10)} ${name}`
  }

  const told = (unit: Unit, value: number): string => {
    switch (unit) {
      case 'count':
        return whole.format(value)
      case 'number':
        return oneDecimal.format(value)
      case 'ms':
        return lasting(value)
      case 'share':
        return percent.format(value)
      case 'score':
        return twoDecimals.format(value)
    }
  }
  const inShort = (unit: Unit, value: number): string => {
    if (unit === 'ms') return shortly(value)
    if (unit === 'score' || unit === 'number') return short.format(value)
    return unit === 'share' ? shortPercent.format(value) : compact.format(value)
  }

  return {
    told: (unit: Unit, value: number | null): string => (value === null ? nothing : told(unit, value)),
    inShort: (unit: Unit, value: number | null): string => (value === null ? nothing : inShort(unit, value)),
    whole: (value: number): string => whole.format(value),
    /** What makes a figure trustworthy: of how many it was made. Null: it is no mean. */
    sample: ({ id, group, unit }: ShownMetric, { of }: MetricValue): string | null => {
      const isMean = unit !== 'count' && group !== 'agents' && id !== 'queue_length'
      return isMean && of > 0 ? `of ${whole.format(of)}` : null
    },
  }
}

const units = [
  ['d', day],
  ['h', hour],
  ['min', minute],
] as const

export const words = createFigureWords(locale)
