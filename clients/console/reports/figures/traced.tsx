import type { ShownMetric } from '../../../../src/contract/analytics.ts'
import { ValueText } from './value-text.tsx'

interface TracedProps {
  unit: ShownMetric['unit']
  value: number | null
  /** Whose figure it is. */
  about: string
  /** Null: there are no chats to show. */
  onTrace: (() => void) | null
}

/** A figure that opens the chats behind it. */
export const Traced = ({ unit, value, about, onTrace }: TracedProps) =>
  onTrace && value !== null && value !== 0 ? (
    <button type="button" class="link" data-test="traced" onClick={onTrace}>
      <ValueText {...{ unit, value }} />
      <span class="read-out">, {about}: show chats</span>
    </button>
  ) : (
    <ValueText {...{ unit, value }} />
  )
