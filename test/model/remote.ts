import type { InboxItem, Missed } from '../../src/bridge/port/arrival.ts'
import type { FrozenCall, NextCall } from '../../src/bridge/port/call.ts'
import type { Connector } from '../../src/bridge/port/connector.ts'
import type { LogEvent } from '../../src/contract/event.ts'
import { EventKey, type SessionId } from '../../src/contract/ids.ts'
import type { Process } from './schedule.ts'

/** A post, a comment. */
export interface Post {
  id: string
  thread: string
  session: SessionId
  /** Of our call that made it. */
  marker: string | null
  author: string
  lines: readonly string[]
  isRemoved: boolean
}

/** One of the two kinds of remote that there are, in memory. */
export interface Remote {
  readonly name: string
  readonly posts: readonly Post[]
  connectorFor(process: Process): Connector
  /** A person writes into the session's thread, if there is one yet. Answers the id of what they wrote. */
  write(session: SessionId, author: string, text: string): string | null
}

/** Tells us of what happened there. */
export type Push = (item: InboxItem) => void

const fewAtOnce = 3

/** What both kinds have in common. Ids grow with time, over all threads. */
export function aBoard(name: string, push: Push) {
  const posts: Post[] = []

  const put = (post: Omit<Post, 'id' | 'isRemoved'> & { id?: string }): Post => {
    const id = post.id ?? nextId()
    const made = { ...post, id, isRemoved: false }
    posts.push(made)
    push(itemOf(made))
    return made
  }
  let count = 0
  const nextId = () => `${name}-${String((count += 1)).padStart(6, '0')}`
  const itemOf = (post: Post): InboxItem => ({
    id: post.id,
    thread: post.thread,
    order: post.id,
    raw: { marker: post.marker, author: post.author, text: post.lines.join('\n') },
    ...(post.id === post.thread && { session: post.session }),
  })

  return {
    posts,
    put,
    nextId,
    marked: (marker: string) => posts.filter((post) => post.marker === marker && !post.isRemoved),
    /** What stands behind a place in a thread, apart from its root. */
    missed(thread: string | undefined, after: string | null): Missed {
      const there = posts.filter(
        (post) => post.thread === thread && post.id !== thread && (after === null || post.id > after),
      )
      return { items: there.slice(0, fewAtOnce).map(itemOf), more: there.length > fewAtOnce }
    },
    remove(id: string) {
      for (const post of posts) if (post.id === id) post.isRemoved = true
    },
  }
}

/** The first messages of a page; fewer than there may be, so that there is more than one call. */
export const fewMessages = (events: readonly LogEvent[]) =>
  events.filter((event) => event.type === 'message').slice(0, fewAtOnce)

export const linesOf = (call: Pick<FrozenCall, 'body'>): string[] =>
  Array.isArray(call.body) ? call.body.map(String) : []

/** The parts of a call that are the same everywhere. */
export const shape = { part: 1, parts: 1, lane: 'urgent', budgets: [] } as const satisfies Partial<NextCall>

/** The parts of a connector that are the same everywhere. */
export const common = (name: string) =>
  ({
    name,
    wants: new Set(['message'] as const),
    eraseBudgets: [],
    erase: async () => ({ next: null, wiped: 0 }),
    blank: () => [],
    remoteIn: (thread: string) => ({ thread }),
    standing: async () => new Set<string>(),
    async understand(item: InboxItem) {
      const { marker, author, text } = item.raw as { marker: string | null; author: string; text: string }
      if (marker !== null) return { kind: 'own', marker } as const
      const key = EventKey.parse(`${name}:${item.id}`)
      return { kind: 'message', key, author: { id: author, name: author }, text } as const
    },
  }) as const
