import type { ConnectorFailure } from '../../../src/contract/connector-health.ts'
import { Ago } from '../parts/ago.tsx'
import { failures as words } from './words.ts'

/** The last of each class, with what to do. */
export const Failures = ({ failures }: { failures: readonly ConnectorFailure[] }) => (
  <div>
    <h3>Last failures</h3>
    <ul class="failures" data-test="failures">
      {failures.map((failure) => (
        <li key={failure.class}>
          <strong>{words[failure.class]}</strong>{' '}
          <span class="muted">
            <Ago at={failure.at} />
          </span>
          <p>
            {failure.code && <code>{failure.code}</code>} {failure.text}
          </p>
          <p class="muted">{failure.next}</p>
        </li>
      ))}
    </ul>
  </div>
)
