import type { FrozenCall, LinkView, Receipt } from '../../src/bridge/port/call.ts'
import type { Connector } from '../../src/bridge/port/connector.ts'
import type { Line } from './line.ts'
import { aBoard, common, fewMessages, linesOf, type Push, type Remote, shape } from './remote.ts'
import type { Process } from './schedule.ts'

/** Threads of posts: nothing is compared before writing, a call is found by its marker, and a twin can be taken away. */
export function slackLike(line: Line, push: Push): Remote {
  const name = 'slack'
  const board = aBoard(name, push)

  const receiptOf = (call: FrozenCall): Receipt | null => {
    const found = board.marked(call.marker)
    const [first] = found
    return first ? { remote: { thread: first.thread }, remoteIds: found.map(({ id }) => id) } : null
  }

  const post = (call: FrozenCall, { session, remote }: LinkView): Receipt => {
    const id = board.nextId()
    const { thread } = board.put({
      id,
      thread: remote.thread ?? id,
      session,
      marker: call.marker,
      author: 'bot',
      lines: linesOf(call),
    })
    return { remote: { thread }, remoteIds: [id] }
  }

  const connectorFor = (process: Process): Connector => ({
    ...common(name),
    pushesContent: true,
    lookBudget: { key: 'reads', limit: 2, windowMs: 1_000, burst: 1 },
    async next({ remote }, events) {
      const messages = fewMessages(events)
      const [first] = messages
      const last = messages.at(-1)
      if (!first || !last) return null
      if (remote.thread === undefined) return { ...shape, from: first.seq, to: first.seq - 1, body: [] }
      return { ...shape, from: first.seq, to: last.seq, body: messages.map(({ body }) => body.content) }
    },
    perform: (call, link) => line.call(process, 'post', () => post(call, link)),
    find: (call) => line.call(process, 'find', () => receiptOf(call)),
    removeTwin: (_thread, id) => line.call(process, 'remove', () => board.remove(id)),
    missed: ({ thread }, after) => line.call(process, 'replies', () => board.missed(thread, after)),
  })

  return {
    name,
    posts: board.posts,
    connectorFor,
    write(session, author, text) {
      const root = board.posts.find((post) => post.session === session && post.id === post.thread && !post.isRemoved)
      return root ? board.put({ thread: root.id, session, marker: null, author, lines: [text] }).id : null
    },
  }
}
