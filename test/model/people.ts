import { messageKey } from '../../src/chat/messages/message-key.ts'
import { postMessage } from '../../src/chat/messages/post-message.ts'
import type { ChatSocket } from '../../src/chat/realtime/socket.ts'
import { DeskbridgeError } from '../../src/contract/errors.ts'
import type { Actor, LogEvent } from '../../src/contract/event.ts'
import { type AgentId, ClientMessageId, type Seq, type SessionId } from '../../src/contract/ids.ts'
import type { Installation, Node } from './installation.ts'

type Writer = Extract<Actor, { kind: 'visitor' | 'agent' }>

/** What a client shows: a message once, from whatever way it came. */
export interface Seen {
  seq: Seq
  id: string | undefined
}

/** Somebody who writes: one message after the other, each again until it is acknowledged. */
export function anAuthor(installation: Installation, session: SessionId, name: string, actor: Writer) {
  const { schedule } = installation
  const outbox: string[] = []
  const acknowledged: { text: string; event: LogEvent }[] = []
  let count = 0
  let isSending = false

  const send = async (text: string, to?: Node): Promise<LogEvent> => {
    const key = messageKey(actor, ClientMessageId.parse(text))
    const message = { session, key, actor, content: text, internal: false, origin: 'deskbridge' }
    for (let node = to; ; node = undefined) {
      try {
        return await installation.ask(`post ${text}`, ({ deps }) => postMessage(deps, message), node)
      } catch (error) {
        if (error instanceof DeskbridgeError && error.code !== 'unavailable') installation.errors.push(error)
      }
      await schedule.step(null, `${name} waits`, () => {}, { due: schedule.now() + 200 })
    }
  }

  const sendAll = async (to?: Node) => {
    isSending = true
    for (let text = outbox[0]; text !== undefined; text = outbox[0]) {
      acknowledged.push({ text, event: await send(text, to) })
      outbox.shift()
    }
    isSending = false
  }

  return {
    name,
    session,
    outbox,
    acknowledged,
    /** `to`: the node that it is sent to first. */
    say(to?: Node) {
      outbox.push(`${name}-${String((count += 1)).padStart(6, '0')}`)
      if (!isSending) void sendAll(to)
    },
    /** An acknowledgement was lost on its way: the same once more, beside whatever else is sent. */
    async sayAgain(to?: Node) {
      const last = acknowledged.at(-1)
      if (last) acknowledged.push({ text: last.text, event: await send(last.text, to) })
    },
  }
}

/** Takes at once what it is given. */
const takesAll = { hasRoom: () => true, room: async () => {} }

/** Somebody who reads along and comes back from where they were when the line is cut. */
export function aReader(installation: Installation, session: SessionId, name: string, id: AgentId) {
  const { schedule } = installation
  const identity = { kind: 'agent', id, name, role: 'agent', inboxes: [] } as const
  const seen: Seen[] = []
  const faults: string[] = []
  let cursor: Seq | null = null
  let epoch: string | undefined
  let hangUp = () => {}

  const hear = (event: string, data: { seq: Seq; prev?: Seq; id?: string; epoch?: string; messages?: Seen[] }) => {
    if (event === 'session_info') epoch = data.epoch
    else if (event === 'chat_history') {
      if (cursor !== null) faults.push(`${name} had to begin anew at ${cursor}`)
      seen.push(...(data.messages ?? []))
      cursor = data.seq
    } else if (data.prev !== undefined) {
      if (data.prev !== cursor) faults.push(`${name} at ${cursor} was told ${data.seq} after ${data.prev}`)
      seen.push({ seq: data.seq, id: data.id })
      cursor = data.seq
    }
  }

  const connect = async (): Promise<void> => {
    const line = { isOpen: true }
    const following: ChatSocket['data']['following'] = new Map()
    const hungUp = Promise.withResolvers<never>()
    hungUp.promise.catch(() => {})
    hangUp = () => hungUp.reject(new Error('hung up'))
    const joined = await installation
      .ask(`join of ${name}`, async (node) => {
        node.ended.promise.catch(hangUp)
        const socket = {
          data: { identity, ip: undefined, following, typing: new Map(), backlog: takesAll },
          get disconnected() {
            return !line.isOpen
          },
          join: () => schedule.step(node.process, 'room', () => {}),
          emit: (event: string, data: Parameters<typeof hear>[1]) => void (line.isOpen && hear(event, data)),
        } as unknown as ChatSocket
        await node.actions.join(socket, {
          sessionId: session,
          ...(cursor !== null && { afterSeq: cursor, epoch }),
        } as never)
      })
      .then(
        () => true,
        () => false,
      )
    if (joined) await hungUp.promise.catch(() => {})
    line.isOpen = false
    for (const one of following.values()) one.stop()
    await schedule.step(null, `${name} comes back`, () => {}, { due: schedule.now() + 100 })
    return connect()
  }

  return { name, session, seen, faults, at: () => cursor, connect, leave: () => hangUp() }
}
