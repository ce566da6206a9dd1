import type { ShownMetric } from '../../../../src/contract/analytics.ts'
import { Icon } from '../../frame/icon.tsx'
import { Pop } from '../pop.tsx'
import { asSentence, nameInTile } from './tiles-of.ts'

/** The words of docs/metrics.md, where the figure stands. */
export const Explain = ({ title, figures }: { title: string; figures: readonly ShownMetric[] }) => (
  <Pop kind="plain" label={`What ${title} means`} button={<Icon name="info" />} test="explain">
    <div class="explain">
      <strong>{title}</strong>
      <Meaning figures={figures} />
    </div>
  </Pop>
)

export function Meaning({ figures }: { figures: readonly ShownMetric[] }) {
  const [first] = figures
  if (!first) return null
  return (
    <>
      <p>{first.means}</p>
      {figures.map((figure) => (
        <p key={figure.id} class="muted">
          {figures.length > 1 && <b>{asSentence(nameInTile(figure))}: </b>}
          {figure.formula}
        </p>
      ))}
      {first.business && <p class="muted">Can be told in business hours.</p>}
    </>
  )
}
