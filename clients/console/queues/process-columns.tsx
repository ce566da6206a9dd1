import type { NodeState, ShownNode } from '../../../src/contract/node.ts'
import { Ago } from '../parts/ago.tsx'
import { Badge, type Tone } from '../parts/badge.tsx'
import type { Column } from '../parts/table.tsx'

const states: Readonly<Record<NodeState, readonly [Tone, string]>> = {
  ready: ['good', 'Ready'],
  draining: ['warn', 'Stopping'],
  gone: ['bad', 'Gone'],
}

const roles: Readonly<Record<ShownNode['role'], string>> = {
  all: 'Chats and deliveries',
  api: 'Chats',
  worker: 'Deliveries',
}

export const processColumns: readonly Column<ShownNode>[] = [
  {
    title: 'Process',
    cell: ({ host, pid }) => (
      <span class="two-lines">
        {host}
        <small>process {pid}</small>
      </span>
    ),
  },
  {
    title: 'Role',
    cell: ({ role }) => (
      <span class="two-lines">
        {role}
        <small>{roles[role]}</small>
      </span>
    ),
  },
  { title: 'Connections', kind: 'number', cell: connectionsOf },
  { title: 'Version', kind: 'minor', cell: ({ version }) => version },
  { title: 'Started', kind: 'minor', cell: ({ startedAt }) => <Ago at={startedAt} /> },
  { title: 'Last sign of life', kind: 'minor', cell: ({ seenAt }) => <Ago at={seenAt} /> },
  {
    title: 'State',
    cell: ({ state }) => {
      const [tone, words] = states[state]
      return <Badge tone={tone}>{words}</Badge>
    },
  },
]

function connectionsOf({ connections: { sockets, streams }, capacity }: ShownNode) {
  if (capacity === null) return <span class="muted">None taken</span>
  return `${sockets + streams} of ${capacity}`
}
