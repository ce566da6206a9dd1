import { createJournal } from '../journal.ts'

export interface Message {
  channel: string
  ts: string
  threadTs: string | null
  user: string
  text: string
  /** Only of the bot's own posts. */
  botId: string | null
  username: string | null
  /** A picture's address above it. */
  icon?: string | undefined
  blocks?: readonly Record<string, unknown>[] | undefined
  metadata: { event_type: string; event_payload: Record<string, unknown> } | null
  files?: readonly Record<string, unknown>[]
  edited: boolean
  /** Names of the app's own. */
  reactions?: readonly string[]
  /** When last, as a `ts`. */
  editedAt?: string
}

/** Blocks that are not given are gone; metadata stays. */
export type Change = Pick<Message, 'text' | 'blocks'> & Partial<Pick<Message, 'metadata'>>

export type Entry =
  | { kind: 'posted'; message: Message }
  | ({ kind: 'changed'; channel: string; ts: string; at?: string } & Change)
  | { kind: 'deleted'; channel: string; ts: string }
  | { kind: 'reacted'; channel: string; ts: string; name: string }
  | { kind: 'unreacted'; channel: string; ts: string; name: string }

/** What stands in the channels, in the order of its timestamps, which never repeat. */
export function createWorkspace(options: {
  folder: string | undefined
  now(): number
  changed(entry: Entry, before?: Message): void
}) {
  const channels = new Map<string, Message[]>()
  let lastTs = 0

  const listOf = (channel: string) => {
    const list = channels.get(channel) ?? []
    channels.set(channel, list)
    return list
  }

  const apply = (entry: Entry) => {
    if (entry.kind === 'posted') {
      listOf(entry.message.channel).push(entry.message)
      lastTs = Math.max(lastTs, Math.round(Number(entry.message.ts) * 1e6))
      return
    }
    const list = listOf(entry.channel)
    const index = list.findIndex((message) => message.ts === entry.ts)
    const message = list[index]
    if (!message) return
    if (entry.kind === 'deleted') list.splice(index, 1)
    else if (entry.kind === 'reacted')
      list[index] = { ...message, reactions: [...(message.reactions ?? []), entry.name] }
    else if (entry.kind === 'unreacted')
      list[index] = { ...message, reactions: (message.reactions ?? []).filter((name) => name !== entry.name) }
    else {
      const { text, blocks, metadata = message.metadata, at } = entry
      list[index] = { ...message, text, blocks, metadata, edited: true, ...(at && { editedAt: at }) }
    }
  }

  const find = (channel: string, ts: string): Message | undefined =>
    listOf(channel).find((message) => message.ts === ts)

  const journal = createJournal<Entry>({ folder: options.folder, name: 'slack', apply })
  const write = (entry: Entry) => {
    const before = entry.kind === 'posted' ? undefined : find(entry.channel, entry.ts)
    journal.write(entry)
    options.changed(entry, before)
  }

  const nextTs = (): string => {
    lastTs = Math.max(lastTs + 1, options.now() * 1_000)
    return `${Math.floor(lastTs / 1e6)}.${String(lastTs % 1e6).padStart(6, '0')}`
  }

  return {
    post(message: Omit<Message, 'ts' | 'edited'>): Message {
      const posted = { ...message, ts: nextTs(), edited: false }
      write({ kind: 'posted', message: posted })
      return posted
    },
    change: (channel: string, ts: string, change: Change) =>
      write({ kind: 'changed', channel, ts, at: nextTs(), ...change }),
    react: (channel: string, ts: string, name: string) => write({ kind: 'reacted', channel, ts, name }),
    unreact: (channel: string, ts: string, name: string) => write({ kind: 'unreacted', channel, ts, name }),
    remove: (channel: string, ts: string) => write({ kind: 'deleted', channel, ts }),
    find,
    roots: (channel: string): Message[] => listOf(channel).filter((message) => message.threadTs === null),
    thread: (channel: string, ts: string): Message[] =>
      listOf(channel).filter((message) => message.ts === ts || message.threadTs === ts),
    clear() {
      channels.clear()
      journal.clear()
    },
  }
}

export type Workspace = ReturnType<typeof createWorkspace>
