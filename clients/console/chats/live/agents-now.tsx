import type { TeamMember } from '../../../../src/contract/agent.ts'
import type { ListedChat } from '../../../../src/contract/lists.ts'
import { Badge, type Tone } from '../../parts/badge.tsx'
import { addressOfChat } from '../address.ts'
import { isLate, waitText } from '../list/waited.ts'

const tones: Record<TeamMember['status'], Tone> = { online: 'good', away: 'warn', busy: 'warn', offline: 'plain' }

interface AgentsNowProps {
  agents: readonly { member: TeamMember; chats: readonly ListedChat[] }[]
  now: number
}

/** Each of the team with their load and their chats, which open to be read along. */
export const AgentsNow = ({ agents, now }: AgentsNowProps) => (
  <div class="table-frame">
    <table>
      <thead>
        <tr>
          <th scope="col">Agent</th>
          <th scope="col">Status</th>
          <th scope="col" class="number">
            Load
          </th>
          <th scope="col">Chats</th>
        </tr>
      </thead>
      <tbody>
        {agents.map(({ member, chats }) => (
          <tr key={member.id} data-test="live-agent">
            <th scope="row">{member.name}</th>
            <td class="live-status">
              <Badge tone={tones[member.status]}>{member.status}</Badge>{' '}
              <span class="muted">{waitText(member.statusSince, now)}</span>
            </td>
            <td class="number">
              {member.chats} of {member.takes}
            </td>
            <td>
              <ul class="live-held">
                {chats.map((row) => (
                  <li key={row.session.sessionId}>
                    <Held row={row} now={now} />
                  </li>
                ))}
              </ul>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

function Held({ row, now }: { row: ListedChat; now: number }) {
  const { sessionId, visitor, waitingSince } = row.session
  return (
    <a href={addressOfChat('all', sessionId)} data-test="live-chat">
      {visitor.name ?? visitor.email ?? 'Visitor'}
      {waitingSince && (
        <span class={isLate(row, now) ? 'since late' : 'since waits'}>
          {isLate(row, now) ? ' late, ' : ' waits '}
          {waitText(waitingSince, now)}
        </span>
      )}
    </a>
  )
}
