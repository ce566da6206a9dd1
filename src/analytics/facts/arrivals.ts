import type { Seq } from '../../contract/ids.ts'
import { type Arrived, carriers } from './facts.ts'

/** A part of a log has come to a destination. */
export interface Arrival {
  /** One that no figures are made of is left out. */
  to: string
  from: Seq
  upTo: Seq
  /** Epoch ms. */
  at: number
}

/**
 * When each message was first there. What was known stays: records of arrivals are kept for a while, and a figure that was
 * told once must not vanish with them.
 */
export function arrivedOf(
  messages: readonly { seq: Seq; at: number }[],
  arrivals: readonly Arrival[],
  before: readonly Arrived[],
): Arrived[] {
  const known = new Map(before.map((one) => [`${one.to} ${one.seq}`, one]))
  const first = [...arrivals].sort((a, b) => a.at - b.at)
  for (const { to: name, from, upTo, at } of first) {
    const to = carriers.find((carrier) => carrier === name)
    if (!to) continue
    for (const { seq, at: askedAt } of messages) {
      if (seq < from || seq > upTo || known.has(`${to} ${seq}`)) continue
      known.set(`${to} ${seq}`, { to, seq, at: Math.max(at, askedAt), ms: Math.max(0, at - askedAt) })
    }
  }
  return [...known.values()].sort((a, b) => a.at - b.at || a.seq - b.seq || a.to.localeCompare(b.to))
}
