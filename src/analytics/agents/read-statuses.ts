import type { Connection } from 'mongoose'
import type { AgentId } from '../../contract/ids.ts'
import { newestStatuses, type StatusEntry, statusEntriesOf } from './stored.ts'

/** What each agent was from `from` on, up to `until`: beginning with what they were at `from`, as far as that is known. ms */
export async function readStatuses(
  connection: Connection,
  from: number,
  until: number,
): Promise<ReadonlyMap<AgentId, readonly StatusEntry[]>> {
  const before = await newestStatuses(connection, new Date(from))
  const histories = new Map([...before].map(([agent, entry]) => [agent, [entry]]))
  const within = { at: { $gt: new Date(from), $lt: new Date(until) } }
  const found = statusEntriesOf(connection).find(within, { projection: { _id: 0 } }).sort({ at: 1 })
  for await (const entry of found) {
    const history = histories.get(entry.agent)
    if (history) history.push(entry)
    else histories.set(entry.agent, [entry])
  }
  return histories
}
