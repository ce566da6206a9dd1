import type { ComponentChildren } from 'preact'

export interface Column<Row> {
  title: string
  cell(row: Row): ComponentChildren
  /** Numbers stand at the end, and what is unimportant goes first on a narrow screen. */
  kind?: 'number' | 'minor'
}

interface TableProps<Row> {
  label: string
  rows: readonly Row[]
  /** The first names the row, and is what opens it. */
  columns: readonly Column<Row>[]
  keyOf(row: Row): string
  onOpen?(row: Row): void
  isDim?(row: Row): boolean
}

export function Table<Row>({ label, rows, columns, keyOf, onOpen, isDim = () => false }: TableProps<Row>) {
  return (
    <div class="table-frame">
      <table aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ title, kind = '' }) => (
              <th key={title} scope="col" class={kind}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <TableRow
              key={keyOf(row)}
              row={row}
              columns={columns}
              isDim={isDim(row)}
              onOpen={onOpen ? () => onOpen(row) : null}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface TableRowProps<Row> {
  row: Row
  columns: readonly Column<Row>[]
  isDim: boolean
  onOpen: (() => void) | null
}

/** The whole of it opens for the pointer, and its name for the keyboard. */
function TableRow<Row>({ row, columns: [first, ...others], isDim, onOpen }: TableRowProps<Row>) {
  const name = first?.cell(row)
  return (
    <tr class={`${onOpen ? 'opens' : ''} ${isDim ? 'dim' : ''}`} data-test="row" onClick={() => onOpen?.()}>
      <th scope="row">
        {onOpen ? (
          <button type="button" class="row-name">
            {name}
          </button>
        ) : (
          name
        )}
      </th>
      {others.map(({ title, kind = '', cell }) => (
        <td key={title} class={kind}>
          {cell(row)}
        </td>
      ))}
    </tr>
  )
}
