import { EventKey } from '../../contract/ids.ts'
import type { Link } from '../links/link.ts'
import type { DeliverDeps } from './step.ts'

/** Has the chat's log say where the chat stands, once for each thread. What fails is made up for after the next call. */
export async function tellWhere(deps: DeliverDeps, link: Link): Promise<Link> {
  const { session, destination, remote, outbound } = link
  const { thread } = remote
  const url = thread === undefined ? undefined : deps.connectors.get(destination)?.urlOf?.(thread)
  if (thread === undefined || url === undefined || outbound.told === thread) return link
  try {
    const key = EventKey.parse(`auto:linked:${destination}:${thread}`)
    await deps.conversation.linkTicket({ session, key, origin: destination, id: thread, url })
    return (await deps.leases.update(link, 'outbound', { $set: { 'outbound.told': thread } })) ?? link
  } catch (error) {
    deps.logger.warn({ link: link._id, err: error }, 'the chat does not say yet where it stands')
    return link
  }
}
