import { setTimeout as wait } from 'node:timers/promises'
import { SocketModeClient, type SocketModeOptions } from '@slack/socket-mode'
import { SlackProblem } from '../problem.ts'
import { clientOptions, fetchUntil, librarySays, problemOf } from '../sdk.ts'
import type { Ending } from './ending.ts'
import { type Envelope, isGreeting, readMessage, type SocketMessage } from './envelope.ts'

/** Ends when all is done that an envelope asks for. What it does not acknowledge, Slack pushes again. Throws nothing. */
export type Take = (envelope: Envelope, acknowledge: (payload?: unknown) => Promise<void>) => Promise<void>

export interface Connection {
  /** Settles when it has ended or is about to. What comes until the end is taken all the same. */
  ending: Promise<Ending>
  /** Ends once nothing is at work. */
  retire(): Promise<void>
  /** The same, and takes nothing more. */
  close(): Promise<void>
}

/** Opens a connection; `until` ends the attempt. */
export type Connect = (take: Take, until: AbortSignal) => Promise<{ kind: 'open'; connection: Connection } | Ending>

export interface ConnectOptions {
  appToken: string
  apiUrl: string
  /** For opening one; one that answers no ping for so long is dead. */
  timeoutMs: number
}

export function createConnect(options: ConnectOptions): Connect {
  return async (take, until) => {
    const ending = Promise.withResolvers<Ending>()
    const work = createWork()
    const hear = (message: SocketMessage) => {
      if (message.type === 'disconnect') ending.resolve({ kind: 'told', reason: message.reason })
      else work.begin(() => take(message, (payload) => client.acknowledge(message.envelope_id, payload)))
    }
    const deadline = AbortSignal.any([until, AbortSignal.timeout(options.timeoutMs)])
    const client = new Client(optionsFor(options, deadline), hear)
    client.on('disconnected', () => ending.resolve({ kind: 'lost' }))
    const opening = started(client, ending.promise)
    const outcome = await Promise.race([opening, ending.promise, over(deadline)])
    const retire = () => work.idle().then(() => end(client))
    const close = () => {
      work.stop()
      return retire()
    }
    if (outcome === 'open') return { kind: 'open', connection: { ending: ending.promise, retire, close } }
    // It may open all the same, a moment later.
    void opening.finally(close)
    await close()
    return outcome
  }
}

/** What is being taken in over one connection. */
function createWork() {
  const atWork = new Set<Promise<void>>()
  let isStopped = false
  return {
    begin(task: () => Promise<void>) {
      if (isStopped) return
      const work = task()
      atWork.add(work)
      void work.finally(() => atWork.delete(work))
    },
    stop() {
      isStopped = true
    },
    async idle() {
      while (atWork.size > 0) await Promise.all(atWork)
    },
  }
}

/** The library's client, without what it does with messages: it would end at each warning, and fall over unknown ones. */
class Client extends SocketModeClient {
  readonly #hear: (message: SocketMessage) => void

  constructor(options: SocketModeOptions, hear: (message: SocketMessage) => void) {
    super(options)
    this.#hear = hear
  }

  protected override async onWebSocketMessage(data: string | ArrayBuffer, isBinary: boolean): Promise<void> {
    if (typeof data !== 'string') return
    if (isGreeting(data)) return super.onWebSocketMessage(data, isBinary)
    const message = readMessage(data)
    if (message) this.#hear(message)
  }

  async acknowledge(id: string, payload: unknown): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    // What is sent when it has ended would vanish without an error.
    if (!this.websocket?.isActive()) throw new Error('the connection has ended')
    const text = JSON.stringify({ envelope_id: id, ...(payload !== undefined && { payload }) })
    this.websocket.send(text, (error) => (error ? reject(error) : resolve()))
    return promise
  }
}

function optionsFor({ appToken, apiUrl, timeoutMs }: ConnectOptions, until: AbortSignal): SocketModeOptions {
  return {
    appToken,
    clientOptions: { ...clientOptions(apiUrl), fetch: (url, init) => fetchUntil(until, url, init) },
    // Its own attempts end the process when one is refused.
    autoReconnectEnabled: false,
    clientPingTimeout: timeoutMs,
    serverPingTimeout: timeoutMs * 3,
    // Its lines hold whole messages.
    logger: librarySays(() => {}),
  }
}

async function started(client: Client, ending: Promise<Ending>): Promise<'open' | Ending> {
  try {
    await client.start()
    return 'open'
  } catch (error) {
    // It names no error when the connection ended before it was greeted.
    if (error === undefined) return ending
    return { kind: 'refused', problem: new SlackProblem('apps.connections.open', problemOf(error), { cause: error }) }
  }
}

const over = (deadline: AbortSignal): Promise<Ending> =>
  new Promise((resolve) => deadline.addEventListener('abort', () => resolve({ kind: 'lost' }), { once: true }))

/** How long Slack may take to answer our farewell. ms */
const farewellMs = 1_000

/** Told once, the library waits half a minute for Slack's farewell; told again, it does not wait. */
async function end(client: Client): Promise<void> {
  await Promise.race([client.disconnect(), wait(farewellMs)])
  await client.disconnect()
}
