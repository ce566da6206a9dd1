import type { Report, ShownMetric } from '../../../../src/contract/analytics.ts'
import { Tile, type TileActs } from './tile.tsx'
import { tilesOf } from './tiles-of.ts'

interface TilesProps extends TileActs {
  metrics: readonly ShownMetric[]
  /** Null: it is on its way. */
  report: Report | null
  today: string
  drawn: string
}

export const Tiles = ({ metrics, report, today, drawn, onDraw, onTrace }: TilesProps) => (
  <ul class="tiles" aria-label="Figures" data-test="tiles">
    {tilesOf(metrics).map((tile) => (
      <Tile key={tile.title} {...{ tile, report, today, drawn, onDraw, onTrace }} />
    ))}
  </ul>
)
