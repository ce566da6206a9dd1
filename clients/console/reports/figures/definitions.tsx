import type { ShownMetric } from '../../../../src/contract/analytics.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { sectionNames } from '../question/question.ts'
import { Meaning } from './explain.tsx'
import { tilesOf } from './tiles-of.ts'

interface DefinitionsProps {
  metrics: readonly ShownMetric[]
  onClose(): void
}

/** Every figure there is, as docs/metrics.md has them. */
export const Definitions = ({ metrics, onClose }: DefinitionsProps) => (
  <Dialog title="What the figures mean" kind="panel" onClose={onClose}>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by the keyboard */}
    <section class="dialog-body definitions" tabIndex={0} aria-label="Definitions" data-test="definitions">
      {sectionNames.map(([section, name]) => {
        const tiles = tilesOf(metrics.filter(({ group }) => group === section))
        return (
          tiles.length > 0 && (
            <section key={section}>
              <h3>{name}</h3>
              <dl>
                {tiles.map(({ title, figures }) => (
                  <div key={title}>
                    <dt>{title}</dt>
                    <dd>
                      <Meaning figures={figures} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        )
      })}
    </section>
  </Dialog>
)
