import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { PayloadOf } from '../../src/contract/webhook-event.ts'

/** `refusing`: every call fails. `silent`: none is answered. `forgetful`: each is taken, and its answer never arrives. */
export type Mood = 'well' | 'refusing' | 'silent' | 'forgetful'

interface Call {
  endpoint: string
  id: string
  body: PayloadOf<'message.created'>
}

/** What each endpoint was told of a chat, in the order in which it first took it. A call's repetition has the same id. */
export interface Told {
  seq: number
  text: string
}

/** Another system, with an endpoint at each path. */
export async function aReceiver() {
  const taken = new Map<string, Map<string, Told>>()
  let mood: Mood = 'well'
  let met = 0

  const take = ({ endpoint, id, body: { data } }: Call) => {
    const key = `${endpoint} ${data.sessionId}`
    const known = taken.get(key) ?? new Map<string, Told>()
    taken.set(key, known)
    if (!known.has(id)) known.set(id, { seq: data.seq, text: data.message.text ?? '' })
  }
  const server = createServer(async (request, response) => {
    const call = await read(request).catch(() => null)
    if (mood !== 'well') met += 1
    // Whoever called was killed in the middle of it.
    if (call === null) return
    switch (mood) {
      case 'refusing':
        return void response.writeHead(503).end()
      case 'silent':
        return
      case 'forgetful':
        take(call)
        return void request.socket.destroy()
      case 'well':
        take(call)
        response.writeHead(204).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    urlOf: (endpoint: string) => `http://127.0.0.1:${port}/${endpoint}`,
    told: (endpoint: string, session: string): readonly Told[] => [
      ...(taken.get(`${endpoint} ${session}`)?.values() ?? []),
    ],
    become(next: Mood) {
      mood = next
      met = 0
      if (next === 'well') server.closeAllConnections()
    },
    /** Calls since it is no longer well. */
    met: () => met,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

async function read(request: IncomingMessage): Promise<Call> {
  const body = JSON.parse(await text(request))
  return { endpoint: request.url?.slice(1) ?? '', id: String(request.headers['webhook-id']), body }
}

export type Receiver = Awaited<ReturnType<typeof aReceiver>>
