import type { AgentStatus, TeamMember } from '../../../../src/contract/agent.ts'
import { useFrame } from '../../frame/frame.ts'
import { asProblem } from '../../frame/problem.ts'
import { useDesk } from '../desk/use-desk.tsx'

const choices: readonly (readonly [AgentStatus, string])[] = [
  ['online', 'Online'],
  ['away', 'Away'],
  ['busy', 'Busy'],
  ['offline', 'Offline'],
]

/** Whether new chats may come, how many there are, and how many there may be. */
export function OwnStatus() {
  const { me, tell } = useFrame()
  const { team, desk, isStarted } = useDesk()
  const own = team.find(({ id }) => id === me.id)
  if (!isStarted || !own) return null
  const orTell = (done: Promise<void>) => void done.catch((error: unknown) => tell(asProblem(error).message, 'problem'))
  return (
    <div class="own-status">
      <span class={`status-dot ${own.status}`} aria-hidden="true" />
      <select
        aria-label="Your status"
        data-test="own-status"
        value={own.status}
        onChange={({ currentTarget }) => {
          const chosen = choices.find(([status]) => status === currentTarget.value)
          if (chosen) orTell(desk.setStatus(chosen[0]))
        }}
      >
        {choices.map(([status, name]) => (
          <option key={status} value={status}>
            {name}
          </option>
        ))}
      </select>
      <OwnLoad own={own} onChange={(takes) => orTell(desk.setTakes(takes))} />
    </div>
  )
}

/** An administrator says how many there may be at most; fewer is one's own choice. */
const OwnLoad = ({ own: { chats, takes, capacity }, onChange }: { own: TeamMember; onChange(takes: number): void }) => (
  <span class="own-load" data-test="own-load" title="Chats that are yours, of as many as you take at once">
    {chats} of{' '}
    <select
      aria-label="How many chats you take at once"
      data-test="own-takes"
      value={takes}
      onChange={({ currentTarget }) => onChange(Number(currentTarget.value))}
    >
      {Array.from({ length: capacity + 1 }, (_, count) => (
        <option key={count} value={count}>
          {count}
        </option>
      ))}
    </select>
  </span>
)
