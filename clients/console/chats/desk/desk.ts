import type { AgentStatus, TeamMember } from '../../../../src/contract/agent.ts'
import type { ChatListName, ListedChat } from '../../../../src/contract/lists.ts'
import type { Line } from '../../../core/line/transport.ts'
import type { ChatCalls } from '../calls.ts'
import { createRings } from './rings.ts'
import { eventsBetween, lastAt, type Rows, viewOf, withFound } from './rows.ts'

/** `cursor`: where to read on; null: all of it is here; undefined: nothing yet. */
interface ReadSoFar {
  cursor: string | null | undefined
  total: number
}

export interface DeskState {
  connection: 'connecting' | 'online' | 'offline'
  rows: Rows
  lists: Readonly<Record<ChatListName, ReadSoFar>>
  team: readonly TeamMember[]
}

/** The chats of an agent's inboxes and who of the team is there, kept up to date by rings: what a ring is about is read. */
export interface Desk {
  state(): DeskState
  subscribe(listener: (state: DeskState) => void): () => void
  /** Answers how to end it. */
  start(): () => void
  /** Reads on in a list. */
  more(list: ChatListName): Promise<void>
  /** Reads who of the team is there, and what they carry. */
  readTeam(): Promise<void>
  setStatus(status: AgentStatus): Promise<void>
  /** How many chats one takes at once. */
  setTakes(takes: number): Promise<void>
}

export interface DeskDeps {
  calls: Pick<ChatCalls, 'list' | 'lines' | 'team' | 'setStatus' | 'setTakes'>
  /** Who works here. */
  me: string
  openLine(): Line
  /** The token is not accepted any more: resolves when there is another. */
  signInAgain(): Promise<void>
  /** A line has changed, or come, while somebody works here. */
  changed(before: ListedChat | undefined, after: ListedChat): void
  later(task: () => void, ms: number): void
}

/** Open chats that are read by themselves, at most. */
const mostPages = 5
const teamTogetherMs = 400
/** What a ring that was lost would have told is read by then. */
const healMs = 60_000
const againMs = 2_000
/** What rang before the line was up is in the lists by then. ms */
const listedMs = 2_000

const unread = { cursor: undefined, total: 0 }

export function createDesk({ calls, me, openLine, signInAgain, changed, later }: DeskDeps): Desk {
  const listeners = new Set<(state: DeskState) => void>()
  let state: DeskState = {
    connection: 'connecting',
    rows: new Map(),
    lists: { queue: unread, mine: unread, all: unread, closed: unread },
    team: [],
  }
  let life = 0
  let isTeamAsked = false
  /** When the newest word of all chats was said, as of the last look at them; null: there was none yet. */
  let newest: string | null = null

  const show = (change: Partial<DeskState>) => {
    state = { ...state, ...change }
    for (const listener of listeners) listener(state)
  }
  const readOn = (list: ChatListName, so: ReadSoFar) => show({ lists: { ...state.lists, [list]: so } })

  const more = async (list: ChatListName): Promise<void> => {
    const { cursor } = state.lists[list]
    if (cursor === null) return
    const page = await calls.list(list, cursor)
    // Another reading was faster.
    if (state.lists[list].cursor !== cursor) return
    show({ rows: withFound(state.rows, page.chats) })
    readOn(list, page)
  }

  /** All that is open, or the first of each list where that is too much. */
  const readOpen = async (): Promise<void> => {
    const before = new Set(viewOf(state.rows, 'all', me).map(({ session }) => session.sessionId))
    const found: ListedChat[] = []
    let cursor: string | null | undefined
    let total = 0
    for (let page = 0; page < mostPages && cursor !== null; page += 1) {
      const next = await calls.list('all', cursor)
      found.push(...next.chats)
      ;({ cursor, total } = next)
    }
    const isWhole = cursor === null
    const so: ReadSoFar = { cursor: cursor ?? null, total }
    const others = isWhole ? { queue: { cursor: null, total: 0 }, mine: { cursor: null, total: 0 } } : {}
    put(found)
    show({ lists: { ...state.lists, all: so, ...others } })
    newest = found[0] ? lastAt(found[0]) : ''
    for (const { session } of found) before.delete(session.sessionId)
    // They were closed meanwhile, or stand further down.
    if (before.size > 0) ring([...before])
    if (!isWhole) for (const list of ['queue', 'mine'] as const) await firstOf(list)
  }
  const firstOf = async (list: ChatListName): Promise<void> => {
    const page = await calls.list(list, undefined)
    show({ rows: withFound(state.rows, page.chats) })
    if (state.lists[list].cursor === undefined) readOn(list, page)
  }

  const readTeam = async (): Promise<void> => {
    isTeamAsked = false
    show({ team: await calls.team() })
  }
  const teamMoved = () => {
    if (isTeamAsked) return
    isTeamAsked = true
    later(() => readTeam().catch(() => {}), teamTogetherMs)
  }

  const put = (found: readonly ListedChat[], asked?: readonly string[]) => {
    const before = state.rows
    show({ rows: withFound(before, found, asked) })
    for (const row of found) tell(before.get(row.session.sessionId), row)
  }
  const ring = createRings({ later, read: calls.lines, put })
  const tell = (before: ListedChat | undefined, after: ListedChat) => {
    if (before && eventsBetween(before, after) <= 0) return
    if (before?.session.assignee?.id !== after.session.assignee?.id) teamMoved()
    // One that was not read yet, or stands further down, has not come just now.
    if (before || (newest !== null && lastAt(after) > newest)) changed(before, after)
  }

  const read = () => {
    const mine = life
    Promise.all([readOpen(), readTeam()]).catch(() => later(() => mine === life && read(), againMs))
  }
  const heal = (mine: number) =>
    later(() => {
      if (mine !== life) return
      if (state.connection === 'online') read()
      heal(mine)
    }, healMs)

  const open = (mine: number): Line => {
    const line = openLine()
    line.onUp(() => {
      show({ connection: 'online' })
      read()
      later(() => mine === life && state.connection === 'online' && read(), listedMs)
    })
    line.onDown((isRefused) => {
      if (mine !== life) return
      show({ connection: 'offline' })
      if (!isRefused) return
      line.close()
      void signInAgain().then(() => {
        if (mine === life) current = open(mine)
      })
    })
    line.on('chats_changed', ({ sessionIds }) => ring(sessionIds))
    line.on('agent_status', ({ agentId, status }) => {
      const isKnown = state.team.some(({ id }) => id === agentId)
      show({ team: state.team.map((one) => (one.id === agentId ? { ...one, status } : one)) })
      if (!isKnown) teamMoved()
    })
    return line
  }
  let current: Line | null = null

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start() {
      life += 1
      current = open(life)
      heal(life)
      return () => {
        life += 1
        current?.close()
        current = null
      }
    },
    more,
    readTeam,
    async setStatus(status) {
      await calls.setStatus(status)
      show({ team: state.team.map((one) => (one.id === me ? { ...one, status } : one)) })
    },
    async setTakes(takes) {
      const now = await calls.setTakes(takes)
      show({ team: state.team.map((one) => (one.id === me ? now : one)) })
    },
  }
}
