import type { Facts } from '../facts/facts.ts'
import { add, type Cell, cellAt } from './cell.ts'
import type { Contribution } from './contributions.ts'
import type { Line } from './stored.ts'

/** Cells by what they are of. */
export type Cells = Map<Line, Map<string, Cell>>

/** Puts what a chat adds into every cell that it belongs to. `clock`: of the hour of the week. */
export function addToCells(
  cells: Cells,
  { channel, tags, people }: Pick<Facts, 'channel' | 'tags' | 'people'>,
  one: Contribution,
  clock: string,
): void {
  const { by, team } = one
  add(cellIn(cells, 'all', ''), one)
  add(cellIn(cells, 'channel', channel), one)
  add(cellIn(cells, 'clock', clock), one)
  for (const tag of tags) add(cellIn(cells, 'tag', tag), one)
  if (by !== null) {
    const cell = cellIn(cells, 'agent', by)
    const name = people.find(({ id }) => id === by)?.name
    if (name !== undefined) cell.label = name
    add(cell, one)
  }
  if (team !== null) add(cellIn(cells, 'team', team), one)
}

export function cellIn(cells: Cells, line: Line, value: string): Cell {
  const of = cells.get(line) ?? new Map<string, Cell>()
  cells.set(line, of)
  return cellAt(of, value)
}
