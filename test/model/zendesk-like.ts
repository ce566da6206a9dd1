import type { FrozenCall, LinkView, Receipt } from '../../src/bridge/port/call.ts'
import type { Connector } from '../../src/bridge/port/connector.ts'
import { RemoteFailure } from '../../src/bridge/port/failure.ts'
import type { SessionId } from '../../src/contract/ids.ts'
import type { Line } from './line.ts'
import { aBoard, common, fewMessages, linesOf, type Post, type Push, type Remote, shape } from './remote.ts'
import type { Process } from './schedule.ts'

interface Ticket {
  id: string
  session: SessionId
  version: number
}

type Updated = { receipt: Receipt } | { conflict: number }

/** Tickets with comments: created once for a key, and changed only by who knows their newest version. */
export function zendeskLike(line: Line, push: Push): Remote {
  const name = 'zendesk'
  const board = aBoard(name, push)
  const tickets: Ticket[] = []

  const comment = (ticket: Ticket, of: Pick<Post, 'marker' | 'author' | 'lines'>): Receipt => {
    ticket.version += 1
    const { id } = board.put({ thread: ticket.id, session: ticket.session, ...of })
    return { remote: { thread: ticket.id, version: String(ticket.version) }, remoteIds: [id] }
  }

  const found = (marker: string): Receipt | null => {
    const [post] = board.marked(marker)
    const ticket = tickets.find(({ id }) => id === post?.thread)
    return post && ticket
      ? { remote: { thread: ticket.id, version: String(ticket.version) }, remoteIds: [post.id] }
      : null
  }

  const ours = (call: FrozenCall) => ({ marker: call.marker, author: 'bot', lines: linesOf(call) })

  const create = (call: FrozenCall, session: SessionId): Receipt => {
    const known = found(call.marker)
    if (known) return known
    const ticket = { id: `ticket-${tickets.length + 1}`, session, version: 0 }
    tickets.push(ticket)
    return comment(ticket, ours(call))
  }

  const update = (call: FrozenCall, { thread, version }: LinkView['remote']): Updated => {
    const ticket = tickets.find(({ id }) => id === thread)
    if (!ticket) throw new RemoteFailure({ kind: 'repair', remote: {} }, 'the ticket is gone')
    if (String(ticket.version) !== version) return { conflict: ticket.version }
    return { receipt: comment(ticket, ours(call)) }
  }

  const connectorFor = (process: Process): Connector => {
    const find = (call: FrozenCall) => line.call(process, 'find', () => found(call.marker))
    return {
      ...common(name),
      async next({ remote }, events) {
        const messages = remote.thread === undefined ? fewMessages(events).slice(0, 1) : fewMessages(events)
        const [first] = messages
        const last = messages.at(-1)
        if (!first || !last) return null
        const body = messages.map((message) => message.body.content)
        return { ...shape, from: first.seq, to: last.seq, repeatable: true, body }
      },
      async perform(call, { session, remote }) {
        if (remote.thread === undefined) return line.call(process, 'create', () => create(call, session))
        const updated = await line.call(process, 'update', () => update(call, remote))
        if ('receipt' in updated) return updated.receipt
        // Somebody else changed the ticket, or we did and the answer was lost.
        const there = await find(call)
        if (there) return there
        const version = String(updated.conflict)
        throw new RemoteFailure({ kind: 'repair', remote: { ...remote, version } }, 'the ticket had changed')
      },
      find,
      removeTwin: (_thread, id) => line.call(process, 'remove', () => board.remove(id)),
      missed: ({ thread }, after) => line.call(process, 'audits', () => board.missed(thread, after)),
    }
  }

  return {
    name,
    posts: board.posts,
    connectorFor,
    write(session, author, text) {
      const ticket = tickets.find((one) => one.session === session)
      return (ticket && comment(ticket, { marker: null, author, lines: [text] }).remoteIds[0]) ?? null
    },
  }
}
