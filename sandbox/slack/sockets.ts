import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { documented } from '../fixtures/load.ts'
import type { Upgrade } from '../serve.ts'
import { bot } from './people.ts'

/** What is pushed, by the type of its envelope. */
export interface Pushed {
  type: 'events_api' | 'interactive' | 'slash_commands'
  payload: unknown
  retry_attempt?: number
  retry_reason?: string
}

/** What became of it. `error`: there was no connection, or it ended first. */
export type Outcome = { kind: 'acknowledged'; payload: unknown } | { kind: 'timeout' } | { kind: 'error' }

interface Connection {
  socket: WebSocket
  /** Pushed and not acknowledged, by the envelope's id. */
  waiting: Map<string, (outcome: Outcome) => void>
  /** Nothing more is pushed there. */
  left: boolean
}

const Acknowledgement = z.object({ envelope_id: z.string(), payload: z.unknown().optional() })
export const Reason = z.enum(['warning', 'refresh_requested', 'link_disabled', 'too_many_websockets'])
type Reason = z.infer<typeof Reason>

/** How long Slack waits for an acknowledgement. ms */
const patienceMs = 3_000
/** Between its warning and the end of a connection. ms */
const warnedMs = 10_000
const mostConnections = 10

/** Slack's side of Socket Mode: each push goes to one of the open connections, in turn. `factor`: multiplies times. */
export function createSockets({ factor }: { factor: number }) {
  const server = new WebSocketServer({ noServer: true })
  const connections = new Set<Connection>()
  const pushes: { type: string; retry: number; outcome: Outcome['kind'] | null }[] = []
  let turn = 0

  const open = () => [...connections].filter(({ left }) => !left)

  const end = (connection: Connection) => {
    connection.left = true
    connections.delete(connection)
    for (const settle of connection.waiting.values()) settle({ kind: 'error' })
  }

  const say = (connection: Connection, reason: Reason) => {
    connection.socket.send(JSON.stringify(documented('slack/socket.disconnect', { reason })))
    if (reason === 'warning') {
      setTimeout(() => !connection.left && say(connection, 'refresh_requested'), warnedMs * factor).unref()
      return
    }
    connection.left = true
    connection.socket.close()
  }

  const connected = (socket: WebSocket) => {
    const connection: Connection = { socket, waiting: new Map(), left: false }
    connections.add(connection)
    socket.on('error', () => socket.terminate())
    socket.on('close', () => end(connection))
    socket.on('message', (data) => {
      const { envelope_id: id, payload } = Acknowledgement.parse(JSON.parse(String(data)))
      connection.waiting.get(id)?.({ kind: 'acknowledged', payload })
    })
    if (open().length > mostConnections) return say(connection, 'too_many_websockets')
    const hello = { connection_info: { app_id: bot.app }, num_connections: open().length }
    socket.send(JSON.stringify(documented('slack/socket.hello', hello)))
  }

  const pushTo = ({ socket, waiting }: Connection, { type, ...values }: Pushed): Promise<Outcome> => {
    const { promise, resolve } = Promise.withResolvers<Outcome>()
    const id = crypto.randomUUID()
    const timer = setTimeout(() => resolve({ kind: 'timeout' }), patienceMs)
    waiting.set(id, resolve)
    const text = JSON.stringify(documented(`slack/socket.${type}`, { envelope_id: id, ...values }))
    if (!socket.isPaused) socket.send(text)
    return promise.finally(() => {
      clearTimeout(timer)
      waiting.delete(id)
    })
  }

  const upgrade: Upgrade = (request, socket, head) => server.handleUpgrade(request, socket, head, connected)

  return {
    upgrade,
    isOpen: () => open().length > 0,
    async push(pushed: Pushed): Promise<Outcome> {
      const connection = open().at((turn += 1) % Math.max(open().length, 1))
      const record: (typeof pushes)[number] = { type: pushed.type, retry: pushed.retry_attempt ?? 0, outcome: null }
      pushes.push(record)
      const outcome: Outcome = connection ? await pushTo(connection, pushed) : { kind: 'error' }
      // One that is silent is given up.
      if (connection?.socket.isPaused) end(connection)
      record.outcome = outcome.kind
      return outcome
    },
    /** The connections that Slack believes in. */
    open,
    say,
    /** What was pushed, and what became of it. */
    pushes: () => pushes,
    close() {
      for (const socket of server.clients) socket.terminate()
      server.close()
    },
  }
}

export type Sockets = ReturnType<typeof createSockets>
