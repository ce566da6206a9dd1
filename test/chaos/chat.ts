import type { ChatClient } from '../../clients/core/client.ts'
import { createSocketTransport } from '../../clients/core/line/socket-transport.ts'
import { until } from '../../stores/process.ts'
import { aClient } from '../support/widget.ts'
import { createAgentTransport } from './agent-transport.ts'
import type { InboxName, Stands } from './stands.ts'
import { aStreamReader } from './stream-reader.ts'

/** Who writes: the visitor, an agent in the console, somebody in the thread, somebody in the ticket. */
export const writers = ['v', 'a', 's', 'z'] as const
export type Writer = (typeof writers)[number]

/** Times without a connection. ms */
export interface Absence {
  from: number
  ms: number
}

interface ChatDeps {
  url: string
  stands: Stands
  tokenNow(): Promise<string>
}

/** How long a client was away, each time. */
function absencesOf(client: ChatClient): Absence[] {
  const absences: Absence[] = []
  let lostAt: number | null = null
  client.subscribe(({ connection }) => {
    if (connection === 'offline') lostAt ??= Date.now()
    if (connection !== 'online' || lostAt === null) return
    absences.push({ from: lostAt, ms: Date.now() - lostAt })
    lostAt = null
  })
  return absences
}

/** One chat with everybody who takes part, and what each of them wrote. */
export async function aChatOfAll(deps: ChatDeps, index: number, inbox: InboxName) {
  const { url, stands } = deps
  const written: string[] = []
  const counts = { v: 0, a: 0, s: 0, z: 0 }
  const visitor = aClient(createSocketTransport(url), { name: `visitor-${index}`, inbox })
  const next = (by: Writer) => {
    const token = `${by}${index}-${String((counts[by] += 1)).padStart(3, '0')}`
    written.push(token)
    return token
  }
  visitor.client.send(`hello ${next('v')}`)
  if (!(await until(() => visitor.client.state().pending.length === 0, 60_000)))
    throw new Error(`chat ${index} could not begin`)
  const session = visitor.client.state().sessionId ?? ''
  const agent = aClient(createAgentTransport(url, deps.tokenNow), {
    name: `agent-${index}`,
    saved: { sessionId: session, token: 'of the transport' },
    inbox,
  })
  const away = [visitor, agent].map(({ client }) => absencesOf(client))
  agent.client.resume()
  const stream = aStreamReader(url, session, visitor.saved().token)
  let root: string | null = null

  const rootNow = async () => {
    root ??= (await stands.everything()).threads.get(session)?.[0]?.root.ts ?? null
    return root
  }
  /** The one that is open. */
  const ticketNow = async () =>
    (await stands.tickets(session)).findLast(({ deleted, status }) => !deleted && status !== 'closed')?.id

  const writeIn = {
    v: async () => visitor.client.send(`message ${next('v')}`),
    a: async () => agent.client.send(`answer ${next('a')}`),
    async s() {
      const ts = await rootNow()
      if (ts === null) return visitor.client.send(`message ${next('v')}`)
      await stands.reply(inbox, ts, `reply ${next('s')}`)
    },
    async z() {
      const ticket = await ticketNow()
      if (ticket === undefined) return visitor.client.send(`message ${next('v')}`)
      const token = next('z')
      const { id } = await stands.comment(ticket, `comment ${token}`)
      // Somebody closed or removed it in the same moment.
      if (id === undefined) written.splice(written.indexOf(token), 1)
    },
  }

  return {
    index,
    inbox,
    session,
    written,
    visitor: visitor.client,
    agent: agent.client,
    stream,
    absences: () => away.flat(),
    write: (by: Writer) => writeIn[by](),
    ticketNow,
    /** Somebody deletes the thread's root, and with it all that stands below it is out of sight. False: there was none. */
    async loseThread() {
      const ts = await rootNow()
      if (ts !== null) await stands.remove(inbox, ts)
      root = null
      return ts !== null
    },
    async stop() {
      visitor.client.stop()
      agent.client.stop()
      await stream.stop()
    },
  }
}

export type Chat = Awaited<ReturnType<typeof aChatOfAll>>
export const contentsOf = (client: ChatClient): string[] =>
  client.state().conversation.messages.map(({ content }) => content)
