import type { Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import type { Standing } from '../../access/standing.ts'
import type { Identity } from '../../access/tokens.ts'
import type { Who } from '../../access/who.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { AgentId } from '../../contract/ids.ts'
import { clientIpOf, type TrustedProxies } from '../../platform/http/client-ip.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { Limits } from '../../platform/settings.ts'
import type { Statuses } from '../agents/statuses.ts'
import { roomsOf } from '../agents/team.ts'
import type { Sites } from '../inboxes/sites.ts'
import type { Presence } from '../presence/presence.ts'
import type { Actions } from './actions.ts'
import { ackOf, answer } from './answer.ts'
import { holdBack } from './hold-back.ts'
import { whoseDevice } from './identity.ts'
import { createInHand } from './in-hand.ts'
import { createPace } from './pace.ts'
import { recheck } from './recheck.ts'
import type { ChatServer, ChatSocket } from './socket.ts'
import { socketBacklog } from './socket-backlog.ts'

/** A message of 10,000 code points in JSON escapes, and some room around it. */
const mostBytes = 200_000

/** Typing, receipts and joins come beside each message. */
const perMessage = 10
/** Who shows no token within this is nobody, and takes a place. ms */
const tokenWithin = 10_000

export const createSocketServer = (): ChatServer =>
  new Server({
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: mostBytes,
    connectTimeout: tokenWithin,
    cors: { origin: true },
  })

export interface Gateway {
  attach(server: HttpServer): void
  /** Says again who is connected to this node. */
  sayHere(): Promise<void>
  /** Cuts those who may not be connected any more. */
  recheckAll(): Promise<void>
  /** The same at once for one agent's connections, since something about them was changed. */
  recheck(agent: AgentId): Promise<void>
  /** Those who are on their way in count as well. */
  count(): number
  /** Lets nobody in any more. How each of those who are here is to go: with answers to all they asked. */
  leave(): (() => Promise<void>)[]
  /** Cuts the connections of this node; its clients come back elsewhere by themselves. */
  close(): Promise<void>
}

interface GatewayDeps {
  io: ChatServer
  who: Pick<Who, 'ofToken'>
  standing: Standing
  presence: Presence
  statuses: Pick<Statuses, 'connected' | 'stirred'>
  sites: Sites
  actions: Actions
  /** Throws `blocked`. */
  mayEnter(identity: Identity, ip: string | undefined): Promise<void>
  trustedProxies: TrustedProxies
  limits: Pick<Limits, 'messageRateLimit'>
  now(): number
  /** Those who are on their way in count, the one who asks among them. */
  isFull(): boolean
  logger: Logger
}

/** Socket.io as a face of the chat: it knows tokens, payloads and rooms, and leaves what they mean to `actions`. */
export function createGateway(deps: GatewayDeps): Gateway {
  const { io, standing, presence, statuses, actions, isFull, logger } = deps
  const leavers = new Map<ChatSocket, () => Promise<void>>()
  let isLeaving = false

  io.use((_socket, next) => (isFull() ? next(refusal(new DeskbridgeError('server_full'))) : next()))

  io.use((socket, next) => {
    const ip = ipOf(socket.handshake, deps.trustedProxies)
    admit(deps, socket.handshake, ip).then(
      (identity) => {
        socket.data.identity = identity
        socket.data.ip = ip
        socket.data.following = new Map()
        socket.data.typing = new Map()
        next()
      },
      (error: unknown) => next(refusal(error)),
    )
  })

  io.on('connection', (socket) => {
    if (isLeaving) return void socket.conn.close()
    socket.data.backlog = socketBacklog(socket)
    const { identity } = socket.data
    const inHand = createInHand()
    let hasLeft = false
    leavers.set(socket, async () => {
      hasLeft = true
      await inHand.answered()
      socket.conn.close()
    })
    const device = { who: whoseDevice(identity), device: socket.id }
    void presence.here([device])
    if (identity.kind === 'agent') {
      void socket.join(roomsOf(identity))
      void statuses.connected(identity.id)
    }
    socket.onAny((event: string, ...args: unknown[]) => {
      // Asked again at the next node, under the same id.
      if (hasLeft) return
      // A receipt is the device's doing, whether anybody looks at it or not.
      if (identity.kind === 'agent' && event !== 'message_delivered') void statuses.stirred(identity.id)
      inHand.add(answer(actions, socket, event, args[0], logger).then((result) => ackOf(args.at(-1))?.(result)))
    })
    socket.on('disconnect', () => {
      leavers.delete(socket)
      actions.left(socket)
      void presence.gone(device.who, device.device)
    })
  })

  const own = () => [...io.of('/').sockets.values()]
  const recheckAll = async (sockets: readonly ChatSocket[]) => {
    await Promise.all(sockets.map(async (socket) => cut(socket, await recheck(standing, socket.data.identity))))
  }

  return {
    attach(server) {
      io.attach(server)
      // From the first byte on: who has not shown a token yet may ask no more than the others.
      io.engine.on('connection', (conn: ChatSocket['conn']) =>
        holdBack(conn, createPace({ perSecond: deps.limits.messageRateLimit * perMessage, now: deps.now })),
      )
    },
    sayHere: () => presence.here(own().map(({ id, data }) => ({ who: whoseDevice(data.identity), device: id }))),
    recheckAll: () => recheckAll(own()),
    recheck: (agent) => recheckAll(own().filter(({ data }) => data.identity.id === agent)),
    count: () => io.engine?.clientsCount ?? 0,
    leave() {
      isLeaving = true
      // Before the handshake: a client that is refused later does not try again by itself.
      io.engine.use((_request: unknown, _response: unknown, next: (error: Error) => void) =>
        next(new Error('draining')),
      )
      return [...leavers.values()]
    },
    // Not `disconnectSockets`: that reaches every node, and a client told to go by the server stays away.
    close: () => io.close(),
  }
}

type Handshake = ChatSocket['handshake']

async function admit(
  deps: Pick<GatewayDeps, 'who' | 'sites' | 'mayEnter'>,
  handshake: Handshake,
  ip: string | undefined,
): Promise<Identity> {
  const token: unknown = handshake.auth.token
  if (typeof token !== 'string' || token === '') throw new DeskbridgeError('unauthorized')
  const identity = await deps.who.ofToken(token)
  await deps.sites.mustAllowVisitor(identity, handshake.headers.origin)
  await deps.mayEnter(identity, ip)
  return identity
}

function ipOf({ address, headers }: Handshake, trusted: TrustedProxies): string | undefined {
  const forwarded = headers['x-forwarded-for']
  return clientIpOf(address, Array.isArray(forwarded) ? forwarded.join(',') : forwarded, trusted)
}

/** A client that was told to go stays away; one whose line was cut comes back by itself. */
function cut(socket: ChatSocket, verdict: 'stays' | 'returns' | 'goes'): void {
  if (verdict === 'goes') socket.disconnect(true)
  if (verdict === 'returns') socket.conn.close()
}

/** Socket.io hands `data` of a middleware's error to the client as it is. */
const refusal = (error: unknown): Error => {
  const known = error instanceof DeskbridgeError ? error : new DeskbridgeError('unavailable', { cause: error })
  return Object.assign(new Error(known.code), { data: known.toBody() })
}
