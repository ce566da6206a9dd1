import type { Connection } from 'mongoose'
import type { SessionId } from '../../contract/ids.ts'
import type { DestinationName } from '../port/connector.ts'
import type { Threads } from '../port/desk.ts'
import { bindingsOf } from './bindings.ts'
import { linkId, linksOf } from './link.ts'

interface Thread {
  destination: DestinationName
  thread: string
}

/** A thread, and the chat for which it was opened. */
export type Opened = Thread & { session: SessionId }

/** By the links; a thread that a chat has left, or a root that came second, is known by what is recorded of the root. */
export function createThreads(connection: Connection): Threads & {
  /** For which chats those of these threads were opened that were opened here. */
  openedAs(threads: readonly Thread[]): Promise<Opened[]>
} {
  const links = linksOf(connection)
  const bindings = bindingsOf(connection)

  const openedAs = async (threads: readonly Thread[]): Promise<Opened[]> => {
    const ids = threads.map(({ destination, thread }) => `${destination}:${thread}`)
    const roots = ids.length > 0 ? await bindings.find({ _id: { $in: ids } }).toArray() : []
    return roots
      .filter(({ from, to }) => to < from)
      .map(({ destination, remoteId: thread, session }) => ({ destination, thread, session }))
  }

  return {
    openedAs,
    async sessionOf(destination, thread) {
      const link = await links.findOne({ destination: { $eq: destination }, 'remote.thread': { $eq: thread } })
      return link?.session ?? (await openedAs([{ destination, thread }]))[0]?.session ?? null
    },
    async threadOf(destination, session) {
      const link = await links.findOne({ _id: { $eq: linkId(session, destination) } })
      return link?.remote.thread ?? null
    },
  }
}
