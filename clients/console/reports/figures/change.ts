import type { ShownMetric } from '../../../../src/contract/analytics.ts'

/** How a figure stands to the other period's. `much`: `12%`, or `3.2 points` of a share; null: there is no saying how much. */
export interface Change {
  way: 'up' | 'down' | 'same'
  much: string | null
  verdict: 'better' | 'worse' | null
}

type Judged = Pick<ShownMetric, 'unit' | 'better'>

/** Null: one of them was not measured. */
export function changeOf({ unit, better }: Judged, now: number | null, before: number | null): Change | null {
  if (now === null || before === null) return null
  const much = howMuch(unit, now, before)
  if (now === before || much === none) return { way: 'same', much: null, verdict: null }
  const way = now > before ? 'up' : 'down'
  return { way, much, verdict: better === null ? null : (better === 'higher') === (way === 'up') ? 'better' : 'worse' }
}

const none = ''

function howMuch(unit: Judged['unit'], now: number, before: number): string | null {
  if (unit === 'share') {
    const points = Math.round(Math.abs(now - before) * 1_000) / 10
    if (points === 0) return none
    return points === 1 ? '1 point' : `${points} points`
  }
  if (before === 0) return null
  const percent = Math.round((Math.abs(now - before) / before) * 100)
  if (percent === 0) return none
  // Many times as much is said as that.
  return percent > 999 ? `${Math.round(now / before)} times` : `${percent}%`
}
