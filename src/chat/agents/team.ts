import type { Identity } from '../../access/tokens.ts'
import type { Staff } from '../../access/who.ts'

/** Rooms of agents' sockets. */
const everybody = 'agents'
const seesAll = 'agents:*'
const ofInbox = (key: string) => `agents:${key}`

type Colleague = { inboxes: readonly string[] }

/** Agents know of those with whom they share an inbox; whoever has no list has all of them. */
const seesEverybody = (who: Staff) => who.inboxes.length === 0 || (who.kind === 'agent' && who.role !== 'agent')

export const mayKnowOf = (who: Staff, agent: Colleague): boolean =>
  seesEverybody(who) || agent.inboxes.length === 0 || agent.inboxes.some((key) => who.inboxes.includes(key))

/** Where a socket listens for news of colleagues. */
export function roomsOf(identity: Identity): string[] {
  if (identity.kind !== 'agent') return []
  return [everybody, ...(seesEverybody(identity) ? [seesAll] : identity.inboxes.map(ofInbox))]
}

/** Who is told of this agent. */
export const roomsFor = ({ inboxes }: Colleague): string[] =>
  inboxes.length === 0 ? [everybody] : [seesAll, ...inboxes.map(ofInbox)]
