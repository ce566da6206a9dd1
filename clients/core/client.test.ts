import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Message } from '../../src/contract/chat.ts'
import type { ClientEvent, ServerToClient } from '../../src/contract/socket.ts'
import { createChatClient } from './client.ts'
import { createMemoryStorage } from './storage.ts'
import { oneTab } from './tabs.ts'
import type { Answer, Line, ServerEvent, Transport } from './transport.ts'

type Weather = 'fine' | 'frame lost' | 'frame twice' | 'answer lost' | 'cut'

/** A server in memory behind a line that loses, repeats and cuts; time passes only when the test says so. */
function aServer(weather: Weather[]) {
  const log: Message[] = []
  const keys = new Map<string, Message>()
  let live: { emit(event: ServerEvent, data: unknown): void; down(): void; cursor: number } | null = null

  const deliver = (how: Weather) => {
    for (const message of log.slice(live?.cursor ?? 0)) {
      if (!live) return
      const prev = live.cursor
      live.cursor = message.seq
      if (how !== 'frame lost') live.emit('new_message', { ...message, prev })
      // The first copy may have made the client ask, and the line be cut.
      if (how === 'frame twice') live?.emit('new_message', { ...message, prev })
    }
  }

  const store = (content: string, clientMessageId: string | undefined, senderType: 'visitor' | 'agent') => {
    const known = clientMessageId ? keys.get(clientMessageId) : undefined
    if (known) return known
    const seq = log.length + 1
    const message = {
      id: `evt_${String(seq).padStart(24, '0')}`,
      seq,
      sessionId: 's',
      senderId: senderType,
      senderType,
      senderName: null,
      senderPicture: null,
      messageType: 'text',
      content,
      file: null,
      isInternal: false,
      createdAt: '',
      ...(clientMessageId && { clientMessageId }),
    } as unknown as Message
    log.push(message)
    if (clientMessageId) keys.set(clientMessageId, message)
    return message
  }

  const ask = async (event: ClientEvent, payload: Record<string, unknown>): Promise<Answer> => {
    const how = weather.shift() ?? 'fine'
    if (!live) throw new Error('no line')
    if (how === 'cut') {
      live.down()
      throw new Error('cut')
    }
    if (event === 'join_chat') {
      const after = typeof payload.afterSeq === 'number' ? payload.afterSeq : null
      live.emit('session_info', {
        sessionId: 's',
        epoch: 'e',
        seq: log.length,
        status: 'queued',
        inbox: 'default',
        visitor: {},
        agents: [],
        createdAt: '',
        readUpTo: { visitor: 0, team: 0 },
      })
      if (after === null)
        live.emit('chat_history', { sessionId: 's', epoch: 'e', seq: log.length, messages: [...log], hasMore: false })
      live.cursor = after ?? log.length
      deliver('fine')
    }
    if (event === 'send_message') {
      store(String(payload.content), String(payload.clientMessageId), 'visitor')
      deliver(how)
    }
    if (how === 'answer lost') throw new Error('no answer')
    return { ok: true }
  }

  const transport: Transport = {
    start: async () => ({ sessionId: 's', token: 't', epoch: 'e', visitorId: 'v' }) as never,
    call: () => Promise.reject(new Error('there is no HTTP here')),
    text: async () => null,
    upload: () => Promise.reject(new Error('there is no HTTP here')),
    connect(): Line {
      const listeners = new Map<string, ((data: unknown) => void)[]>()
      let up = () => {}
      let downs: (refused: boolean) => void = () => {}
      const rise = () => {
        live = {
          cursor: 0,
          emit: (event, data) => {
            for (const listener of listeners.get(event) ?? []) listener(data)
          },
          down: fall,
        }
        up()
      }
      const fall = () => {
        live = null
        downs(false)
        setTimeout(rise, 0)
      }
      setTimeout(rise, 0)
      return {
        on: <E extends ServerEvent>(event: E, listener: ServerToClient[E]) =>
          void listeners.set(event, [...(listeners.get(event) ?? []), listener as (data: unknown) => void]),
        onUp: (listener) => void (up = listener),
        onDown: (listener) => void (downs = listener),
        ask: (event, payload) => ask(event, payload as Record<string, unknown>),
        close: () => void (live = null),
      }
    },
  }
  return {
    log,
    transport,
    answer(text: string, how: Weather) {
      store(text, undefined, 'agent')
      deliver(how)
    },
  }
}

function aClient(server: ReturnType<typeof aServer>, storage = createMemoryStorage()) {
  let ids = 0
  const session = Math.random().toString(36).slice(2)
  return createChatClient({
    transport: server.transport,
    storage,
    storageKey: 'chat',
    tabs: oneTab,
    about: () => ({}),
    newId: () => `message-${session}-${(ids += 1)}`,
    now: () => 0,
    later: (task) => void setTimeout(task, 0),
  })
}

const weathers = fc.constantFrom<Weather>('fine', 'frame lost', 'frame twice', 'answer lost', 'cut')

it('shows every message once and in the order of the log, whatever gets lost, repeated or cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(weathers, { maxLength: 20 }),
      fc.array(fc.tuple(fc.boolean(), weathers), { minLength: 1, maxLength: 10 }),
      async (weather, steps) => {
        const server = aServer(weather)
        const client = aClient(server)
        const written: string[] = []
        for (const [index, [byVisitor, how]] of steps.entries()) {
          if (byVisitor) client.send(`v${index}`)
          else server.answer(`a${index}`, how)
          if (byVisitor) written.push(`v${index}`)
          await new Promise((resolve) => setTimeout(resolve, 0))
        }
        client.send('last')
        await expect.poll(() => client.state().pending, { interval: 1 }).toEqual([])
        await expect
          .poll(() => client.state().conversation.messages.map((message) => message.seq), { interval: 1 })
          .toEqual(server.log.map((message) => message.seq))
        const own = server.log.filter((message) => message.senderType === 'visitor').map((message) => message.content)
        client.stop()
        expect(own).toEqual([...written, 'last'])
      },
    ),
    { numRuns: 60 },
  )
})

it('keeps what was not stored over a reload', async () => {
  const storage = createMemoryStorage()
  const offline = aServer(Array.from({ length: 50 }, (): Weather => 'cut'))
  const first = aClient(offline, storage)
  first.send('hello')
  await expect.poll(() => first.state().connection, { interval: 1 }).toBe('offline')
  first.stop()
  const server = aServer([])
  const second = aClient(server, storage)
  second.resume()
  await expect
    .poll(() => second.state().conversation.messages.map((message) => message.content), { interval: 1 })
    .toEqual(['hello'])
  second.stop()
})
