import { z } from 'zod'
import type { Counted, Measured, Spread } from './measures.ts'

export const MetricUnit = z.enum(['count', 'number', 'ms', 'share', 'score'])
export const MetricGroup = z.enum(['volume', 'speed', 'quality', 'queue', 'agents', 'bridge'])
export type MetricGroup = z.infer<typeof MetricGroup>

/** What chats can be told by besides time and inbox. */
export const Narrowing = z.enum(['agent', 'team', 'channel', 'tag'])
export type Narrowing = z.infer<typeof Narrowing>
export const Single = z.enum(['inbox', ...Narrowing.options])
export type Single = z.infer<typeof Single>

/** `value`: null where nothing was measured. `of`: how many measurements it was made of. */
export interface MetricValue {
  value: number | null
  of: number
}

/** One figure: what it is called, what it means and how it is made. The docs, the tooltips and the reports are of this. */
export interface Metric {
  id: string
  group: MetricGroup
  title: string
  unit: z.infer<typeof MetricUnit>
  /** What is counted, and when. */
  means: string
  /** How the figure is made of that. */
  formula: string
  better: 'higher' | 'lower' | null
  /** Can be told in business hours. */
  business: boolean
  /** The chats behind it can be listed. */
  traceable: boolean
  /** Of a single one of these nobody knows it: it is null there, and not zero. */
  notOf: readonly Single[]
  reckon(measured: Measured): MetricValue
}

type Told = Omit<Metric, 'reckon'>

export const traceable = { business: false, traceable: true, notOf: [] } as const
export const whole = (value: number): MetricValue => ({ value, of: value })
export const ratio = (part: number, of: number): MetricValue => ({ value: of === 0 ? null : part / of, of })

type Plain = Omit<Told, 'unit' | 'business' | 'traceable' | 'notOf'> & Partial<Pick<Told, 'notOf'>>

export const count = (of: Counted, told: Omit<Plain, 'formula'>): Metric => ({
  ...traceable,
  ...told,
  unit: 'count',
  formula: 'How many there were.',
  reckon: ({ sum }) => whole(sum(of)),
})

export const share = (part: Counted, of: Counted, told: Plain): Metric => ({
  ...traceable,
  ...told,
  unit: 'share',
  reckon: ({ sum }) => ratio(sum(part), sum(of)),
})

interface Spreads extends Pick<Told, 'group' | 'title' | 'means' | 'business'> {
  traceable?: boolean
  notOf?: Told['notOf']
}

/** Three figures of one time: its mean, the middle, and what nine of ten stay within. */
export const times = (of: Spread, { title, ...told }: Spreads): Metric[] => {
  const rest = { traceable: true, notOf: [], ...told, unit: 'ms', better: 'lower' } as const
  const quantile = (id: string, words: string, at: number): Metric => ({
    ...rest,
    id: `${of}_${id}`,
    title: `${title}, ${words}`,
    formula: `The time that ${at * 100} of 100 stay within, to one part in a hundred, from all times of the period and never from averages.`,
    reckon: ({ spread }) => ({ value: spread(of).quantile(at), of: spread(of).count }),
  })
  return [
    {
      ...rest,
      id: `${of}_avg`,
      title: `${title}, average`,
      formula: 'The sum of the times, divided by how many there were.',
      reckon: ({ spread }) => ratio(spread(of).sum, spread(of).count),
    },
    quantile('p50', 'median', 0.5),
    quantile('p90', '90th percentile', 0.9),
  ]
}
