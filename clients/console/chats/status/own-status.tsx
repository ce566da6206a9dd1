import type { AgentStatus } from '../../../../src/contract/agent.ts'
import { useFrame } from '../../frame/frame.ts'
import { asProblem } from '../../frame/problem.ts'
import { useDesk } from '../desk/use-desk.tsx'

const choices: readonly (readonly [AgentStatus, string])[] = [
  ['online', 'Online'],
  ['away', 'Away'],
  ['busy', 'Busy'],
  ['offline', 'Offline'],
]

/** Whether new chats may come, and how many there are. */
export function OwnStatus() {
  const { me, tell } = useFrame()
  const { team, desk, isStarted } = useDesk()
  const own = team.find(({ id }) => id === me.id)
  if (!isStarted || !own) return null
  return (
    <div class="own-status">
      <span class={`status-dot ${own.status}`} aria-hidden="true" />
      <select
        aria-label="Your status"
        data-test="own-status"
        value={own.status}
        onChange={({ currentTarget }) => {
          const chosen = choices.find(([status]) => status === currentTarget.value)
          if (chosen) desk.setStatus(chosen[0]).catch((error: unknown) => tell(asProblem(error).message, 'problem'))
        }}
      >
        {choices.map(([status, name]) => (
          <option key={status} value={status}>
            {name}
          </option>
        ))}
      </select>
      <span class="own-load" data-test="own-load" title="Chats that are yours, of as many as you can have">
        {own.chats} of {own.capacity}
      </span>
    </div>
  )
}
