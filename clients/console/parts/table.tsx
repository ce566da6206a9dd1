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
  const [first, ...others] = columns
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
            <tr
              key={keyOf(row)}
              class={`${onOpen ? 'opens' : ''} ${isDim(row) ? 'dim' : ''}`}
              data-test="row"
              onClick={() => onOpen?.(row)}
            >
              <th scope="row">
                {onOpen ? (
                  <button
                    type="button"
                    class="row-name"
                    onClick={(event) => {
                      event.stopPropagation()
                      onOpen(row)
                    }}
                  >
                    {first?.cell(row)}
                  </button>
                ) : (
                  first?.cell(row)
                )}
              </th>
              {others.map(({ title, kind = '', cell }) => (
                <td key={title} class={kind}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
