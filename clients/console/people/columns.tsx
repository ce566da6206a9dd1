import type { AgentStatus, Role, ShownAgent } from '../../../src/contract/agent.ts'
import { Badge } from '../parts/badge.tsx'
import type { Column } from '../parts/table.tsx'

export const roleNames: Record<Role, string> = { agent: 'Agent', supervisor: 'Supervisor', admin: 'Administrator' }
const statusNames: Record<AgentStatus, string> = { online: 'Online', away: 'Away', busy: 'Busy', offline: 'Offline' }

const Status = ({ person: { active, status } }: { person: ShownAgent }) =>
  active ? (
    <span class={`status ${status}`}>
      <i aria-hidden="true" />
      {statusNames[status]}
    </span>
  ) : (
    <Badge>Deactivated</Badge>
  )

const Words = ({ words }: { words: readonly string[] }) => (
  <span class="badges">
    {words.map((word) => (
      <Badge key={word}>{word}</Badge>
    ))}
  </span>
)

export const columns: readonly Column<ShownAgent>[] = [
  {
    title: 'Name',
    cell: ({ name, email }) => (
      <span class="two-lines">
        {name}
        <small>{email}</small>
      </span>
    ),
  },
  { title: 'Status', cell: (person) => <Status person={person} /> },
  { title: 'Role', cell: ({ role }) => roleNames[role] },
  { title: 'Chats', kind: 'number', cell: ({ chats, takes }) => `${chats} of ${takes}` },
  { title: 'Teams', kind: 'minor', cell: ({ teams }) => <Words words={teams} /> },
  { title: 'Skills', kind: 'minor', cell: ({ skills }) => <Words words={skills} /> },
  { title: 'Inboxes', kind: 'minor', cell: ({ inboxes }) => (inboxes.length === 0 ? 'All' : inboxes.join(', ')) },
]
