import {
  type Answer,
  type Line,
  Refused,
  type ServerEvent,
  type Transport,
} from '../../../clients/core/line/transport.ts'
import type {
  HistoryPage,
  Message,
  SessionInfo,
  StartedSession,
  StartSessionInput,
} from '../../../src/contract/chat.ts'
import type { ErrorCode } from '../../../src/contract/errors.ts'
import type { ClientEvent, Frame, ServerToClient } from '../../../src/contract/socket.ts'
import type { VirtualTime } from './virtual-time.ts'

/** What becomes of one thing that is asked. */
export type Weather = 'fine' | 'request lost' | 'answer lost' | 'cut'
/** What becomes of one frame. */
export type FrameWeather = 'fine' | 'lost' | 'twice' | 'late'
export type End = 'over' | 'gone' | 'refused'

type Change = { [E in Frame['event']]: { event: E; data: Record<string, unknown> } }[Frame['event']]

interface Session {
  id: string
  token: string
  startKey: string | undefined
  log: (Change & { seq: number })[]
  messages: Map<string, Message>
  ended: End | null
}

interface Connection {
  token: string
  session: Session | null
  /** What it was told last, as far as the server knows. */
  told: number
  emit(event: ServerEvent, data: unknown): void
  fall(refused: boolean): void
}

const pageSize = 5
const refusal = (code: string) => ({ ok: false, error: { code, message: code } }) as Answer

/** A server in memory behind a network that loses, repeats, reorders and cuts, with latencies of its own. */
export function aMemoryServer(time: VirtualTime) {
  const sessions: Session[] = []
  const connections = new Set<Connection>()
  const uploads = new Map<string, string>()
  const asked: { event: ClientEvent; payload: Record<string, unknown> }[] = []
  const started: { input: StartSessionInput; earlier: string | undefined }[] = []
  let startRefusals: string[] = []
  let messageRefusals: string[] = []
  let weather: Weather[] = []
  let frames: FrameWeather[] = []
  let latencies: number[] = []
  let count = 0
  const latency = () => latencies.shift() ?? 10
  const after = (ms: number) => new Promise<void>((resolve) => void time.later(resolve, ms))
  const sessionOf = (id: unknown) => sessions.find((one) => one.id === id && one.ended !== 'gone')

  /** Over the network and back. `cut`: takes the line with it. */
  const travel = async <T>(act: () => T, cut = () => {}): Promise<T> => {
    const how = weather.shift() ?? 'fine'
    await after(latency())
    if (how === 'request lost') throw new Error('no answer')
    if (how === 'cut') {
      cut()
      throw new Error('cut')
    }
    const answer = act()
    await after(latency())
    if (how === 'answer lost') throw new Error('no answer')
    return structuredClone(answer)
  }

  const deliver = (connection: Connection, change: Session['log'][number]) => {
    const data = structuredClone({ ...change.data, seq: change.seq, prev: connection.told })
    connection.told = change.seq
    const how = frames.shift() ?? 'fine'
    const emit = () => connections.has(connection) && connection.emit(change.event as ServerEvent, data)
    if (how === 'late') time.later(emit, latency())
    else if (how !== 'lost') emit()
    if (how === 'twice') emit()
  }

  const append = (session: Session, change: Change) => {
    const one = { ...change, seq: session.log.length + 1 } as Session['log'][number]
    session.log.push(one)
    for (const connection of connections) if (connection.session === session) deliver(connection, one)
    return one.seq
  }

  const post = (session: Session, by: 'visitor' | 'agent', said: Record<string, unknown>): Answer => {
    const key = String(said.clientMessageId ?? `own ${count}`)
    const known = session.messages.get(key)
    if (known) return { ok: true, id: known.id, seq: known.seq, createdAt: known.createdAt }
    if (session.ended === 'over') return refusal('session_closed')
    const file = said.file as { fileId: string } | undefined
    if (file && uploads.get(file.fileId) !== session.id) return refusal('not_found')
    const seq = session.log.length + 1
    const message = {
      id: `evt_${(count += 1)}`,
      ...{ seq, sessionId: session.id, senderId: by, senderType: by, senderName: null, senderPicture: null },
      ...{ messageType: said.messageType ?? 'text', content: said.content, file: file ?? null, isInternal: false },
      ...{ createdAt: new Date(time.now()).toISOString(), editedAt: null, deleted: false },
      ...(by === 'visitor' && { clientMessageId: key }),
    } as unknown as Message
    session.messages.set(key, message)
    append(session, { event: 'new_message', data: { ...message } })
    return { ok: true, id: message.id, seq, createdAt: message.createdAt }
  }

  const revise = (session: Session, messageId: unknown, content: string | null): Answer => {
    const message = [...session.messages.values()].find(({ id }) => id === messageId)
    if (!message || message.deleted) return refusal('message_deleted')
    if (content === null) {
      Object.assign(message, { content: '', file: null, deleted: true })
      return { ok: true, seq: append(session, { event: 'message_deleted', data: { messageId } }) }
    }
    Object.assign(message, { content, editedAt: new Date(time.now()).toISOString() })
    return {
      ok: true,
      seq: append(session, { event: 'message_updated', data: { messageId, content, editedAt: message.editedAt } }),
    }
  }

  const pageOf = (session: Session, before: number): HistoryPage => {
    const found = [...session.messages.values()].filter(({ seq }) => seq < before)
    return {
      ...{ sessionId: session.id, epoch: session.id, seq: session.log.length },
      ...{ messages: found.slice(-pageSize), hasMore: found.length > pageSize },
    } as HistoryPage
  }

  const join = (connection: Connection, session: Session, position: Record<string, unknown>): Answer => {
    const head = session.log.length
    const canResume =
      typeof position.afterSeq === 'number' && position.epoch === session.id && position.afterSeq <= head
    const from = canResume ? Number(position.afterSeq) : head
    connection.session = session
    connection.told = from
    const info = { sessionId: session.id, epoch: session.id, seq: from, status: 'queued', agents: [] }
    connection.emit('session_info', { ...info, readUpTo: { visitor: 0, team: 0 } } as unknown as SessionInfo)
    if (!canResume) connection.emit('chat_history', structuredClone(pageOf(session, head + 1)))
    for (const change of session.log.slice(from)) deliver(connection, change)
    return { ok: true, seq: from, epoch: session.id }
  }

  /** The others hold a token that opens it no longer. */
  const identify = (session: Session, by: Connection): Answer => {
    session.token = `${session.token}, proven`
    by.token = session.token
    for (const one of connections)
      if (one !== by && one.session === session) {
        one.session = null
        one.emit('access_ended', { sessionId: session.id })
      }
    return { ok: true, token: session.token }
  }

  const answer = (connection: Connection, event: ClientEvent, payload: Record<string, unknown>): Answer => {
    const session = sessionOf(payload.sessionId)
    asked.push({ event, payload })
    if (!session || session.token !== connection.token) return refusal('not_found')
    if (event === 'join_chat') return join(connection, session, payload)
    if (connection.session !== session) return refusal('not_joined')
    const code = event === 'send_message' ? messageRefusals.shift() : undefined
    if (code) return refusal(code)
    if (event === 'send_message') return post(session, 'visitor', payload)
    if (event === 'edit_message') return revise(session, payload.messageId, String(payload.content))
    if (event === 'delete_message') return revise(session, payload.messageId, null)
    if (event === 'identify') return identify(session, connection)
    return { ok: true }
  }

  const connect = (token: () => string): Line => {
    const listeners = new Map<string, ((data: unknown) => void)[]>()
    let up = () => {}
    let down: (refused: boolean) => void = () => {}
    let isClosed = false
    let connection: Connection | null = null
    const rise = () => {
      if (isClosed || connection) return
      const session = sessions.find((one) => one.token === token())
      if (session?.ended === 'refused') return down(true)
      const own: Connection = {
        ...{ token: token(), session: null, told: 0 },
        emit: (event, data) => {
          for (const listener of listeners.get(event) ?? []) if (connections.has(own)) listener(data)
        },
        fall(refused) {
          connections.delete(own)
          connection = null
          if (!isClosed) down(refused)
          if (!refused) time.later(rise, 100 + latency())
        },
      }
      connection = own
      connections.add(own)
      up()
    }
    time.later(rise, latency())
    return {
      on: <E extends ServerEvent>(event: E, listener: ServerToClient[E]) =>
        void listeners.set(event, [...(listeners.get(event) ?? []), listener as (data: unknown) => void]),
      onUp: (listener) => void (up = listener),
      onDown: (listener) => void (down = listener),
      async ask(event, payload) {
        const own = connection
        if (!own) throw new Error('no line')
        const act = () => {
          if (connection !== own) throw new Error('cut')
          return answer(own, event, payload as Record<string, unknown>)
        }
        const reply = await travel(act, () => connections.has(own) && own.fall(false))
        if (connection !== own) throw new Error('cut')
        return reply
      },
      close() {
        isClosed = true
        if (connection) connections.delete(connection)
      },
    }
  }

  const transport: Transport = {
    connect,
    start: (input, earlier) =>
      travel(() => {
        started.push({ input, earlier })
        const code = startRefusals.shift()
        if (code) return code as never
        const { startKey } = input
        const begun = sessions.find((one) => startKey !== undefined && one.startKey === startKey)
        const id = begun?.id ?? `s${sessions.length + 1}`
        const token = begun?.token ?? `token of ${id}`
        if (!begun) sessions.push({ id, token, startKey, log: [], messages: new Map(), ended: null })
        return { sessionId: id, token, epoch: id, visitorId: 'v' } as never
      }).then((answer: unknown) => {
        if (typeof answer === 'string') throw new Refused({ code: answer as ErrorCode, message: answer })
        return answer as StartedSession
      }),
    call: ({ path }) =>
      travel(() => {
        const [, , id, what] = path.split(/[/?]/)
        const session = sessionOf(id)
        if (!session || what !== 'messages') return refusal('not_found') as never
        return { ok: true, ...pageOf(session, Number(/before=(\d+)/.exec(path)?.[1])) } as never
      }),
    text: async () => null,
    upload: ({ token, name }) =>
      travel(() => {
        const session = sessions.find((one) => one.token === token && one.ended !== 'gone')
        if (!session) return refusal('not_found') as never
        const fileId = `file_${(count += 1)}`
        uploads.set(fileId, session.id)
        return { ok: true, fileId, type: 'application/pdf', name, size: 1, url: '' } as never
      }),
  }

  return {
    transport,
    sessions,
    /** Over lines, in the order in which it came. */
    asked,
    started,
    /** The next starts, one code each. */
    refuseStarts(...codes: string[]) {
      startRefusals = codes
    },
    /** The next messages, one code each. */
    refuseMessages(...codes: string[]) {
      messageRefusals = codes
    },
    emit(event: ServerEvent, data: unknown) {
      for (const connection of [...connections]) connection.emit(event, data)
    },
    /** What is coming; it is fine after that. */
    become(next: { weather: Weather[]; frames: FrameWeather[]; latencies: number[] }) {
      weather = [...next.weather]
      frames = [...next.frames]
      latencies = [...next.latencies]
    },
    agentSays: (text: string) => {
      const session = sessions.findLast(({ ended }) => ended === null)
      return session !== undefined && post(session, 'agent', { content: text, clientMessageId: text }).ok
    },
    agentRevises(which: number, content: string | null) {
      const session = sessions.findLast(({ ended }) => ended === null)
      const messages = [...(session?.messages.values() ?? [])].filter(({ senderType }) => senderType === 'agent')
      const message = messages[which % Math.max(1, messages.length)]
      if (session && message) revise(session, message.id, content)
    },
    cut() {
      for (const connection of [...connections]) connection.fall(false)
    },
    end(how: End) {
      const session = sessions.findLast(({ ended }) => ended === null)
      if (!session) return
      session.ended = how
      if (how === 'over') return
      for (const connection of [...connections]) if (connection.session === session) connection.fall(how === 'refused')
    },
  }
}
