import type { SessionId } from '../../contract/ids.ts'
import type { Destination } from '../port/connector.ts'
import type { Binding } from './bindings.ts'
import { type Link, linkId, newLink, toldToLook } from './link.ts'

/**
 * A link that is gone, of what is recorded of its session at the destination: nothing of that is brought again. Null: nothing
 * is recorded, and it begins at the beginning. What people wrote there meanwhile is looked for.
 */
export function recallLink(
  session: SessionId,
  { name, remoteIn }: Pick<Destination, 'name' | 'remoteIn'>,
  bindings: readonly Binding[],
  now: number,
): Link | null {
  const last = bindings.toSorted((a, b) => a.to - b.to || a.part - b.part).at(-1)
  // What was brought again may stand in a newer thread.
  const { thread } = bindings.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0) || a.to - b.to).at(-1) ?? {}
  if (!last || thread === undefined) return null
  const { inbound, outbound, ...link } = newLink(session, name)
  const isWhole = last.part === (last.parts ?? last.part)
  const position = isWhole ? { cursor: last.to } : { cursor: last.to - 1, partsDone: last.part }
  return {
    ...link,
    _id: linkId(session, name),
    remote: remoteIn(thread),
    outbound: { ...outbound, ...position, head: last.to },
    inbound: { ...inbound, behind: true, lookAt: toldToLook },
    activeAt: new Date(now),
  }
}
