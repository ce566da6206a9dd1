import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { ReportRow, ShownMetric } from '../../../../src/contract/analytics.ts'
import { keyWords } from '../chart/key-words.ts'
import { words } from '../figures/figure-words.ts'
import { ValueText } from '../figures/value-text.tsx'
import { type Heat, heatOf } from './heat.ts'
import { ownKey, type Place, steppedTo } from './stepped-to.ts'

interface HeatMapProps {
  metric: ShownMetric
  rows: readonly ReportRow[]
  onTrace(row: ReportRow): void
}

/** A week by its hours, on the clock of each inbox. Arrows go through them; one with a figure opens the chats behind it. */
export function HeatMap({ metric: { id, title, unit, traceable }, rows, onTrace }: HeatMapProps) {
  const [at, setAt] = useState<Place>({ day: 0, hour: 0 })
  const [isByKey, setByKey] = useState(false)
  const body = useRef<HTMLTableSectionElement>(null)
  // Before the next key is pressed.
  useLayoutEffect(() => {
    if (isByKey) body.current?.querySelector<HTMLElement>('td[tabindex="0"]')?.focus()
  }, [at, isByKey])
  const go = (place: Place, byKey: boolean) => {
    setAt(place)
    setByKey(byKey)
  }
  const opening = ({ row, value }: Heat) => (traceable && row && value ? () => onTrace(row) : null)
  const cell = (heat: Heat, day: number) => (
    <HeatCell
      key={heat.hour}
      {...{ unit, heat }}
      place={{ day, hour: heat.hour }}
      isAt={at.day === day && at.hour === heat.hour}
      onOpen={opening(heat)}
      onGo={go}
    />
  )
  return (
    <section class="table-frame heat-map">
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table that arrows go through is a grid */}
      <table role="grid" aria-label={`${title}, by the hour of the week`} data-test="heat-map">
        <HeatHead />
        <tbody ref={body}>
          {heatOf(rows, id).map((heats, day) => (
            <tr key={keyWords.weekdays[day]?.number}>
              <th scope="row">
                <span aria-hidden="true">{keyWords.weekdays[day]?.short}</span>
                <span class="read-out">{keyWords.weekdays[day]?.long}</span>
              </th>
              {heats.map((heat) => cell(heat, day))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const hours = Array.from({ length: 24 }, (_, hour) => hour)

const HeatHead = () => (
  <thead>
    <tr>
      <td />
      {hours.map((hour) => (
        <th key={hour} scope="col">
          <span aria-hidden="true">{hour}</span>
          <span class="read-out">{keyWords.hour(hour)}</span>
        </th>
      ))}
    </tr>
  </thead>
)

interface HeatCellProps {
  unit: ShownMetric['unit']
  heat: Heat
  place: Place
  /** The keyboard is here. */
  isAt: boolean
  /** Null: there are no chats to show. */
  onOpen: (() => void) | null
  onGo(place: Place, byKey: boolean): void
}

/** Nothing is left white; its words are there all the same. */
function HeatCell({ unit, heat: { value, level }, place, isAt, onOpen, onGo }: HeatCellProps) {
  const press = (event: KeyboardEvent) => {
    const key = ownKey(event)
    const next = key && steppedTo(place, key)
    if (next) onGo(next, true)
    else if (key === 'Enter' || key === ' ') onOpen?.()
    else return
    event.preventDefault()
  }
  const click = () => {
    onGo(place, false)
    onOpen?.()
  }
  return (
    <td
      class={`heat level-${level} ${onOpen ? 'opens' : ''}`}
      title={value === null ? undefined : words.told(unit, value)}
      tabIndex={isAt ? 0 : -1}
      onClick={click}
      onKeyDown={press}
    >
      <span aria-hidden="true">{value ? words.inShort(unit, value) : ''}</span>
      <span class="read-out">
        <ValueText {...{ unit, value }} />
        {onOpen && ': show chats'}
      </span>
    </td>
  )
}
