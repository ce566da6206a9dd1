import type { ReportRow, ShownMetric } from '../../../../src/contract/analytics.ts'
import { keyWords } from '../chart/key-words.ts'
import { words } from '../figures/figure-words.ts'
import { ValueText } from '../figures/value-text.tsx'
import { type Heat, heatOf } from './heat.ts'

interface HeatMapProps {
  metric: ShownMetric
  rows: readonly ReportRow[]
}

const hours = Array.from({ length: 24 }, (_, hour) => hour)

/** A week by its hours, on the clock of each inbox. */
export const HeatMap = ({ metric, rows }: HeatMapProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by the keyboard
  <section class="table-frame heat-map" tabIndex={0} aria-label={`${metric.title}, by the hour of the week`}>
    <table aria-label={`${metric.title}, by the hour of the week`} data-test="heat-map">
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
      <tbody>
        {heatOf(rows, metric.id).map((day, index) => (
          <tr key={keyWords.weekdays[index]?.number}>
            <th scope="row">
              <span aria-hidden="true">{keyWords.weekdays[index]?.short}</span>
              <span class="read-out">{keyWords.weekdays[index]?.long}</span>
            </th>
            {day.map((heat) => (
              <HeatCell key={heat.hour} {...{ metric, heat }} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

/** Nothing is left white; its words are there all the same. */
const HeatCell = ({ metric: { unit }, heat: { value, level } }: { metric: ShownMetric; heat: Heat }) => (
  <td class={`heat level-${level}`} title={value === null ? undefined : words.told(unit, value)}>
    <span aria-hidden="true">{value ? words.inShort(unit, value) : ''}</span>
    <span class="read-out">
      <ValueText {...{ unit, value }} />
    </span>
  </td>
)
