import { TextField } from '../../parts/field.tsx'
import { Rows } from '../../parts/rows.tsx'
import type { Header } from './written.ts'

interface OwnHeadersProps {
  /** Names of those that it has. */
  kept: readonly string[]
  /** Null: those are kept. */
  headers: Header[] | null
  onChange(headers: Header[] | null): void
  faultAt(path: string): string | null
}

/** Their values are shown to nobody: all of them are kept, or all typed anew. */
export const OwnHeaders = ({ kept, headers, onChange, faultAt }: OwnHeadersProps) => (
  <div class="field" data-test="own-headers">
    <p class="field-name">
      Own headers <span class="optional">optional</span>
    </p>
    <p class="hint">Sent with each call, such as authorization. Their values are stored sealed and never shown.</p>
    {headers === null ? (
      <div class="kept-headers">
        <span class="badges">
          {kept.map((name) => (
            <code key={name}>{name}</code>
          ))}
        </span>
        <button
          type="button"
          class="act"
          data-test="replace-headers"
          onClick={() => onChange(kept.map((name) => ({ name, value: '' })))}
        >
          Replace
        </button>
      </div>
    ) : (
      <HeaderRows headers={headers} onChange={onChange} faultAt={faultAt} />
    )}
    {headers !== null && kept.length > 0 && (
      <div>
        <button type="button" class="act" onClick={() => onChange(null)}>
          Keep those that it has
        </button>
      </div>
    )}
  </div>
)

interface HeaderRowsProps {
  headers: Header[]
  onChange(headers: Header[]): void
  faultAt(path: string): string | null
}

const HeaderRows = ({ headers, onChange, faultAt }: HeaderRowsProps) => (
  <Rows
    label="Own headers"
    rows={headers}
    fresh={{ name: '', value: '' }}
    addLabel="Add a header"
    onChange={onChange}
    fault={headers.some((_, index) => faultAt(`headers.${index}`)) ? null : faultAt('headers')}
  >
    {({ name, value }, put, index) => (
      <div class="columns">
        <TextField
          label="Name"
          placeholder="authorization"
          value={name}
          onChange={(next) => put({ name: next })}
          fault={faultAt(`headers.${index}.name`)}
        />
        <TextField
          label="Value"
          type="password"
          autocomplete="new-password"
          value={value}
          onChange={(next) => put({ value: next })}
          fault={faultAt(`headers.${index}.value`)}
        />
      </div>
    )}
  </Rows>
)
