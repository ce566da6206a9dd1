import type { AuditEntry } from '../../../src/contract/audit.ts'
import { Dialog } from '../parts/dialog.tsx'
import { exactly } from '../parts/when.ts'
import { type Difference, differencesOf } from './difference.ts'
import { Outcome } from './outcome.tsx'
import { nameOfSubject, whatWasDone } from './what-was-done.ts'

interface EntryDialogProps {
  entry: AuditEntry
  onClose(): void
  onFilter(subjectId: string): void
}

export function EntryDialog({ entry, onClose, onFilter }: EntryDialogProps) {
  const { at, by, address, method, path, subject, before, after, outcome, status } = entry
  const changed = differencesOf(before, after)
  const { id } = subject
  return (
    <Dialog title={`${whatWasDone(entry)}: ${nameOfSubject(entry)}`} kind="panel" onClose={onClose}>
      <div class="dialog-body">
        <dl class="facts">
          <dt>When</dt>
          <dd>{exactly(at)}</dd>
          <dt>Who</dt>
          <dd>
            {by.name ?? 'Administrator’s key'} <span class="muted">{by.id}</span>
          </dd>
          <dt>From</dt>
          <dd>{address ?? 'Not kept'}</dd>
          <dt>Outcome</dt>
          <dd>
            <Outcome outcome={outcome} /> <span class="muted">{status}</span>
          </dd>
          <dt>Request</dt>
          <dd>
            <code>
              {method} {path}
            </code>
          </dd>
        </dl>
        {changed.length > 0 && <Differences changed={changed} />}
      </div>
      <footer class="dialog-foot">
        {id !== null && (
          <button type="button" class="act" data-test="its-history" onClick={() => onFilter(id)}>
            All changes of this
          </button>
        )}
      </footer>
    </Dialog>
  )
}

const Differences = ({ changed }: { changed: readonly Difference[] }) => (
  <table class="differences" aria-label="What changed" data-test="differences">
    <thead>
      <tr>
        <th scope="col">Field</th>
        <th scope="col">Before</th>
        <th scope="col">After</th>
      </tr>
    </thead>
    <tbody>
      {changed.map(({ path, before, after }) => (
        <tr key={path}>
          <th scope="row">{path}</th>
          <td>{before === null ? <span class="muted">–</span> : <del>{before}</del>}</td>
          <td>{after === null ? <span class="muted">–</span> : <ins>{after}</ins>}</td>
        </tr>
      ))}
    </tbody>
  </table>
)
