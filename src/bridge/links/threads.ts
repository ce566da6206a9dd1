import type { Connection } from 'mongoose'
import type { Threads } from '../port.ts'
import { bindingsOf } from './bindings.ts'
import { linkId, linksOf } from './link.ts'

/** By the links; a thread that a chat has left, or a root that came second, is known by what is recorded of the root. */
export function createThreads(connection: Connection): Threads {
  const links = linksOf(connection)
  const bindings = bindingsOf(connection)
  return {
    async sessionOf(destination, thread) {
      const link = await links.findOne({ destination: { $eq: destination }, 'remote.thread': { $eq: thread } })
      if (link) return link.session
      const root = await bindings.findOne({ _id: { $eq: `${destination}:${thread}` } })
      return root && root.to < root.from ? root.session : null
    },
    async threadOf(destination, session) {
      const link = await links.findOne({ _id: { $eq: linkId(session, destination) } })
      return link?.remote.thread ?? null
    },
  }
}
