import type { AgentStatus } from '../../contract/agent.ts'

export interface AgentTimes {
  onlineMs: number
  awayMs: number
  busyMs: number
}

interface Since {
  status: AgentStatus
  at: Date
}

/**
 * How long an agent was online, away and busy in [from, until), epoch ms; what remains they were offline, or it is not
 * known. `history` in the order of its times. The last status goes on until `until`, which is to be no later than now.
 */
export function timesOf(history: readonly Since[], from: number, until: number): AgentTimes {
  const times: Record<AgentStatus, number> = { online: 0, away: 0, busy: 0, offline: 0 }
  for (const [index, { status, at }] of history.entries()) {
    const end = history[index + 1]?.at.getTime() ?? until
    times[status] += Math.max(0, Math.min(end, until) - Math.max(at.getTime(), from))
  }
  return { onlineMs: times.online, awayMs: times.away, busyMs: times.busy }
}
