import type { Arrival, InboxItem } from '../../src/bridge/port/arrival.ts'
import type { Budget, FrozenCall, LinkView, NextCall, Receipt } from '../../src/bridge/port/call.ts'
import type { Connector } from '../../src/bridge/port/connector.ts'
import type { LogEvent } from '../../src/contract/event.ts'
import { EventKey } from '../../src/contract/ids.ts'

export interface Post {
  id: string
  thread: string
  marker: string | null
  author: string
  lines: string[]
}

/** What goes wrong with the next call: `before` and `after` say whether it had its effect when it did. */
export type Mishap = (moment: 'before' | 'after', call: FrozenCall) => void | Promise<void>

/** A remote in memory with threads of posts, behind the connector's port, where a test decides what goes wrong. */
export function aRemote(
  options: {
    place?: string
    name?: string
    budgets?: readonly Budget[]
    atMost?: number
    /** So many calls for each message. */
    parts?: number
    repeatable?: boolean
    looks?: Budget
    /** A look tells all that stands. */
    showsGone?: true
    urlOf?(thread: string): string
    places?(): Promise<string>
    /** What is to be said in the thread although nothing is new. */
    owed?: string[]
  } = {},
) {
  const name = options.name ?? 'slack'
  const posts: Post[] = []
  const removed: string[] = []
  const calls: FrozenCall[] = []
  let mishap: Mishap = () => {}
  let eraseMishap: (id: string) => void | Promise<void> = () => {}
  let counter = 0
  const nextId = () => `p${String((counter += 1)).padStart(6, '0')}`

  const put = (thread: string | undefined, call: FrozenCall): Receipt => {
    const id = nextId()
    const post = { id, thread: thread ?? id, marker: call.marker, author: 'bot', lines: linesOf(call.body) }
    posts.push(post)
    return { remote: { thread: post.thread }, remoteIds: [id] }
  }

  const connector: Connector = {
    name,
    wants: new Set(['message', 'session_closed', 'erased']),
    remoteIn: (thread) => ({ thread }),
    async next(link: LinkView, events: readonly LogEvent[]): Promise<NextCall | null> {
      const shape = {
        part: 1,
        parts: 1,
        lane: link.remote.thread === undefined ? ('normal' as const) : ('urgent' as const),
        budgets: options.budgets ?? [],
        ...(options.place && { place: options.place }),
        ...(options.repeatable && { repeatable: true }),
      }
      if (events.length === 0) return { ...shape, from: link.cursor + 1, to: link.cursor, body: [options.owed?.[0]] }
      const messages = events.filter((event) => event.type === 'message').slice(0, options.atMost ?? 50)
      const first = messages.at(0)
      const last = messages.at(-1)
      if (!first || !last) return null
      if (link.remote.thread === undefined) return { ...shape, from: first.seq, to: first.seq - 1, body: ['opened'] }
      const { parts } = options
      if (parts !== undefined) {
        const part = link.partsDone + 1
        return {
          ...shape,
          part,
          parts,
          from: first.seq,
          to: first.seq,
          body: [`${first.body.content} ${part}/${parts}`],
        }
      }
      return { ...shape, from: first.seq, to: last.seq, body: messages.map((event) => event.body.content) }
    },
    async perform(call, link) {
      calls.push(call)
      await mishap('before', call)
      const receipt = put(link.remote.thread, call)
      if (linesOf(call.body)[0] === options.owed?.[0]) options.owed?.shift()
      await mishap('after', call)
      return receipt
    },
    async find(call) {
      const found = posts.filter((post) => post.marker === call.marker && !removed.includes(post.id))
      const first = found.at(0)
      return first ? { remote: { thread: first.thread }, remoteIds: found.map((post) => post.id) } : null
    },
    async standing(thread, brought) {
      const there = posts.filter((post) => post.thread === thread && !removed.includes(post.id))
      return new Set(brought.map(({ marker }) => marker).filter((one) => there.some(({ marker }) => marker === one)))
    },
    async removeTwin(_thread, id) {
      removed.push(id)
    },
    async erase({ remoteIds, thread }, from) {
      const [id] = from === null ? remoteIds : remoteIds.slice(remoteIds.indexOf(from) + 1)
      if (id === undefined) {
        const others = posts.filter((post) => post.thread === thread && post.marker === null).length
        return { next: null, wiped: 0, ...(others > 0 && { left: { 'what people wrote': others } }) }
      }
      await eraseMishap(id)
      for (const post of posts.filter((candidate) => candidate.id === id)) post.lines = ['(erased)']
      return { next: id, wiped: 1 }
    },
    eraseBudgets: [],
    ...(options.urlOf && { urlOf: options.urlOf }),
    ...(options.places && { places: options.places }),
    ...(options.owed && { owes: async () => (options.owed ?? []).length > 0 }),
    ...(options.looks && { lookBudget: options.looks, pushesContent: true }),
    blank: (body) => linesOf(body).map(() => ''),
    async missed(remote, after) {
      const there = posts.filter((post) => post.thread === remote.thread && (after === null || post.id > after))
      const standing = posts.filter((post) => post.thread === remote.thread)
      const stood = { after: '', upTo: 'q', ids: standing.map(({ id }) => id) }
      return { items: there.slice(0, 3).map(itemOf), more: there.length > 3, ...(options.showsGone && { stood }) }
    },
    async gone({ id, thread }) {
      if (posts.some((post) => post.id === id)) return null
      return { id: `${id}:delete`, of: id, thread, order: `${id}:gone`, raw: { kind: 'delete', of: `${name}:${id}` } }
    },
    async understand(item) {
      if (item.of !== undefined) return item.raw as Arrival
      const post = posts.find((candidate) => candidate.id === item.id)
      if (!post) return { kind: 'pass', reason: 'gone' }
      if (post.marker !== null) return { kind: 'own', marker: post.marker }
      const key = EventKey.parse(`${name}:${post.id}`)
      return { kind: 'message', key, author: { id: post.author, name: post.author }, text: post.lines.join('\n') }
    },
  }

  return {
    connector,
    posts,
    removed,
    calls,
    goWrong(how: Mishap) {
      mishap = how
    },
    goWrongErasing(how: (id: string) => void | Promise<void>) {
      eraseMishap = how
    },
    behave() {
      mishap = () => {}
      eraseMishap = () => {}
    },
    /** A person writes in a thread. */
    write(thread: string, author: string, text: string): InboxItem {
      const post = { id: nextId(), thread, marker: null, author, lines: [text] }
      posts.push(post)
      return itemOf(post)
    },
    /** Its author deletes it. */
    take(id: string) {
      const index = posts.findIndex((post) => post.id === id)
      if (index >= 0) posts.splice(index, 1)
    },
    /** What a reader of the remote sees that we brought, in order. */
    shown: () =>
      posts.filter((post) => post.marker !== null && !removed.includes(post.id)).flatMap((post) => post.lines),
  }
}

export type FakeRemote = ReturnType<typeof aRemote>

const itemOf = (post: Post): InboxItem => ({ id: post.id, thread: post.thread, order: post.id, raw: {} })

const linesOf = (body: unknown): string[] => (Array.isArray(body) ? body.map(String) : [])
