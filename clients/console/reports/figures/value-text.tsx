import type { ShownMetric } from '../../../../src/contract/analytics.ts'
import { nothing, words } from './figure-words.ts'

interface ValueTextProps {
  unit: ShownMetric['unit']
  value: number | null
}

/** A dash is read out as what it stands for. */
export const ValueText = ({ unit, value }: ValueTextProps) =>
  value === null ? (
    <>
      <span aria-hidden="true" title="Nothing was measured">
        {nothing}
      </span>
      <span class="read-out">nothing was measured</span>
    </>
  ) : (
    <span>{words.told(unit, value)}</span>
  )
