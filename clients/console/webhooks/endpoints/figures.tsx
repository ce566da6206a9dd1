import type { EndpointCounts, ShownEndpoint } from '../../../../src/contract/webhook.ts'
import { timeAgo } from '../../parts/when.ts'
import { StateBadge } from '../state-badge.tsx'
import { counted } from './list.tsx'

export const Figures = ({ endpoint, counts }: { endpoint: ShownEndpoint; counts: EndpointCounts }) => (
  <dl class="figures endpoint-figures">
    <div>
      <dt>State</dt>
      <dd>
        <StateBadge endpoint={endpoint} />
      </dd>
    </div>
    <div>
      <dt>Waiting</dt>
      <dd>
        <strong data-test="waiting">{counted(counts.waiting)}</strong>
        {counts.waitingSince && <small>The oldest happened {timeAgo(counts.waitingSince, Date.now())}</small>}
      </dd>
    </div>
    <div>
      <dt>Failed for good</dt>
      <dd>
        <strong data-test="failed">{counted(counts.failed)}</strong>
        {counts.failed > 0 && <small>After all attempts</small>}
      </dd>
    </div>
  </dl>
)
