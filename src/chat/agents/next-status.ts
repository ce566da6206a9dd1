import type { AgentStatus } from '../../contract/agent.ts'
import type { Whereabouts } from '../presence/presence.ts'

/** What an agent's status is found out from. Times in epoch ms. */
export interface Signs {
  /** What counts now. */
  status: AgentStatus
  /** What they chose; `online` leaves the rest to the service. */
  chosen: AgentStatus
  /** When they last did something. */
  activeAt: number
}

export interface Patience {
  agentAwayAfter: number
  agentOfflineAfter: number
}

/**
 * Away after a while without a sign of life, offline a while after the last device was gone, back with the next device, and
 * otherwise as chosen. Where nobody knows about the devices, nobody goes offline and nobody comes back.
 */
export function nextStatus(agent: Signs, devices: Whereabouts, now: number, after: Patience): AgentStatus {
  const { status, chosen, activeAt } = agent
  if (chosen === 'offline') return 'offline'
  const gone = devices.kind === 'gone' && now - Math.max(devices.since ?? 0, activeAt) >= after.agentOfflineAfter
  if (gone || (status === 'offline' && devices.kind !== 'here')) return 'offline'
  if (chosen !== 'online') return chosen
  return now - activeAt >= after.agentAwayAfter ? 'away' : 'online'
}
