import type { Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import type { Identity, Tokens } from '../../access/tokens.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { Sites } from '../inboxes/sites.ts'
import type { Presence } from '../presence/presence.ts'
import type { Actions } from './actions.ts'
import { ackOf, answer } from './answer.ts'
import { cutWhenSlow } from './cut-slow.ts'
import { whoseDevice } from './identity.ts'
import type { ChatServer, ChatSocket } from './socket.ts'

/** A message of 10,000 code points in JSON escapes, and some room around it. */
const mostBytes = 200_000

export const createSocketServer = (): ChatServer =>
  new Server({
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: mostBytes,
    cors: { origin: true },
  })

export interface Gateway {
  attach(server: HttpServer): void
  /** Says again who is connected to this node. */
  heartbeat(): Promise<void>
  /** Cuts the connections of this node; its clients come back elsewhere by themselves. */
  close(): Promise<void>
}

/** Socket.io as a face of the chat: it knows tokens, payloads and rooms, and leaves what they mean to `actions`. */
export function createGateway(deps: {
  io: ChatServer
  tokens: Tokens
  presence: Presence
  sites: Sites
  actions: Actions
  maxConnections: number
  logger: Logger
}): Gateway {
  const { io, presence, actions, maxConnections, logger } = deps

  // Counts those who are still on their way in as well, the one who asks among them.
  io.use((_socket, next) =>
    io.engine.clientsCount > maxConnections ? next(refusal(new DeskbridgeError('server_full'))) : next(),
  )

  io.use((socket, next) => {
    admit(deps, socket.handshake).then(
      (identity) => {
        socket.data.identity = identity
        socket.data.following = new Map()
        socket.data.typing = new Map()
        next()
      },
      (error: unknown) => next(refusal(error)),
    )
  })

  io.on('connection', (socket) => {
    cutWhenSlow(socket)
    const device = { who: whoseDevice(socket.data.identity), device: socket.id }
    void presence.here([device])
    socket.onAny((event: string, ...args: unknown[]) => {
      void answer(actions, socket, event, args[0], logger).then((result) => ackOf(args.at(-1))?.(result))
    })
    socket.on('disconnect', () => {
      actions.left(socket)
      void presence.gone(device.who, device.device)
    })
  })

  return {
    attach: (server) => void io.attach(server),
    heartbeat: () =>
      presence.here(
        [...io.of('/').sockets.values()].map(({ id, data }) => ({ who: whoseDevice(data.identity), device: id })),
      ),
    // Not `disconnectSockets`: that reaches every node, and a client told to go by the server stays away.
    close: () => io.close(),
  }
}

async function admit(deps: { tokens: Tokens; sites: Sites }, handshake: ChatSocket['handshake']): Promise<Identity> {
  const token: unknown = handshake.auth.token
  if (typeof token !== 'string' || token === '') throw new DeskbridgeError('unauthorized')
  const identity = await deps.tokens.verify(token)
  await deps.sites.mustAllowVisitor(identity, handshake.headers.origin)
  return identity
}

/** Socket.io hands `data` of a middleware's error to the client as it is. */
const refusal = (error: unknown): Error => {
  const known = error instanceof DeskbridgeError ? error : new DeskbridgeError('unavailable', { cause: error })
  return Object.assign(new Error(known.code), { data: known.toBody() })
}
