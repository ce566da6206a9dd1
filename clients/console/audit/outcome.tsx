import type { AuditOutcome } from '../../../src/contract/audit.ts'
import { Badge, type Tone } from '../parts/badge.tsx'

const outcomes: Record<AuditOutcome, readonly [Tone, string]> = {
  done: ['good', 'Done'],
  refused: ['plain', 'Refused'],
  failed: ['bad', 'Failed'],
  begun: ['warn', 'Unknown'],
}

export const Outcome = ({ outcome }: { outcome: AuditOutcome }) => {
  const [tone, words] = outcomes[outcome]
  return <Badge tone={tone}>{words}</Badge>
}
