import type { Hono } from 'hono'
import { cors } from 'hono/cors'
import type { Conversation, Desk } from '../bridge/conversation.ts'
import type { AgentId, Seq, SessionId } from '../contract/ids.ts'
import { type EveryInOneProcess, every, type Periodic } from '../platform/periodic.ts'
import { createCutBlocked } from './abuse/cut-blocked.ts'
import { mayEnter } from './abuse/may-enter.ts'
import { type AgentsNow, createAgentsNow } from './agents/agents-now.ts'
import type { Statuses } from './agents/statuses.ts'
import { createParts } from './chat-parts.ts'
import { type ChatOptions, type ChatServices, createServices } from './chat-services.ts'
import { createConversation } from './conversation.ts'
import { createDesk } from './desk.ts'
import type { Files } from './files/files.ts'
import type { Inboxes } from './inboxes/inboxes.ts'
import { onlyAllowedSites } from './inboxes/sites.ts'
import type { SitesSeen } from './inboxes/sites-seen.ts'
import { createActions } from './realtime/actions.ts'
import { createGateway, type Gateway } from './realtime/gateway.ts'
import { sendAway } from './realtime/send-away.ts'
import { createStreams, type Streams } from './realtime/stream.ts'
import { type ChatFacts, createChatFacts } from './sessions/chat-facts.ts'
import { type ChatsNow, createChatsNow } from './sessions/chats-now.ts'
import { openChats } from './sessions/open-chats.ts'
import { transcriptPage } from './transcript/transcript-page.ts'

export interface Chat {
  gateway: Gateway
  conversation: Conversation
  /** What agents do from elsewhere. */
  desk: Desk
  /** Chats that are not closed, by id, those after `after`. */
  openChats(after: SessionId | null, limit: number): Promise<SessionId[]>
  inboxes: Inboxes
  sitesSeen: SitesSeen
  /** Who an agent is elsewhere. */
  people: { emailOf(agent: AgentId): Promise<string | null> }
  /** How a chat stands. */
  facts: ChatFacts
  chatsNow: ChatsNow
  agentsNow: AgentsNow
  statuses: Pick<Statuses, 'onChanged'>
  /** A chat as a page. */
  transcripts: { page(session: SessionId, upTo: Seq): Promise<Uint8Array> }
  files: Files
  mount(app: Hono): void
  /** The inboxes and agents of the configuration. */
  seed(): Promise<void>
  /** What each node does for its own readers. */
  startHealing(): Periodic
  startSweeps(everyInOneProcess: EveryInOneProcess): Periodic
  /** How many sockets and streams this node carries. */
  connections(): { sockets: number; streams: number }
  /** Turns newcomers away, and sends everybody else elsewhere, one after the other, with what they wait for answered. */
  drain(): Promise<void>
  /** Ends what is left of streams and sockets. */
  close(): Promise<void>
}

/** The chat core: use cases and the faces that call them. */
export function createChat(options: ChatOptions): Chat {
  const services = createServices(options)
  const { log, io, config, onError, inboxes, agents, files, rooms } = services
  const { times } = config
  const streams = createStreams(services)
  const gateway = openGateway(services, streams)
  const parts = createParts({ ...services, streams })

  log.onCommitted((event) => {
    rooms.ring(event.session, event.seq, event)
    for (const part of parts) part.heard?.(event)
    // Other nodes hear only how far the log goes; if Redis is away they find out by healing.
    io.serverSideEmit('committed', event.session, event.seq)
  })
  io.on('committed', (session, head) => rooms.ring(session, head))
  followStanding(services, { gateway, streams })

  return {
    gateway,
    inboxes,
    sitesSeen: services.sitesSeen,
    transcripts: {
      page: (session, upTo) => transcriptPage({ ...services, linkTo: files.lastingLinkTo }, session, upTo),
    },
    people: { emailOf: async (id) => (await agents.find(id))?.email ?? null },
    files,
    facts: createChatFacts(services),
    chatsNow: createChatsNow(services),
    agentsNow: createAgentsNow(services.connection),
    statuses: services.statuses,
    conversation: createConversation(services),
    desk: createDesk({ ...services, hasTickets: config.zendesk !== undefined }),
    openChats: (after, limit) => openChats(services.connection, after, limit),
    mount(app) {
      app.use('/api/chat/*', anySite, onlyAllowedSites(services))
      for (const part of parts) part.mount?.(app)
    },
    async seed() {
      await inboxes.seed(config.inboxes)
      await agents.seed(config.agents)
    },
    startHealing: () =>
      together([
        every(times.heal, rooms.heal, onError),
        every(times.cutBlocked, createCutBlocked(services), onError),
        // Apart: who is there must be said although MongoDB does not answer.
        every(times.heartbeat, () => Promise.all([gateway.sayHere(), streams.sayHere()]), onError),
        every(times.heartbeat, () => Promise.all([gateway.recheckAll(), streams.recheckAll()]), onError),
        ...parts.flatMap(({ onEachNode = [] }) => onEachNode.map(({ everyMs, run }) => every(everyMs, run, onError))),
      ]),
    startSweeps(everyInOneProcess) {
      const all = parts.flatMap(({ sweeps = [] }) => sweeps)
      const sweeps = together(all.map(({ name, everyMs, run }) => everyInOneProcess(name, everyMs, run)))
      return {
        async stop() {
          await sweeps.stop()
          for (const part of parts) await part.close?.()
        },
      }
    },
    connections: () => ({ sockets: gateway.count(), streams: streams.count() }),
    drain: () => sendAway([...gateway.leave(), ...streams.leave()], times.drainSpread),
    async close() {
      streams.endAll()
      await Promise.all(parts.map((part) => part.stop?.()))
      await gateway.close()
    },
  }
}

const openGateway = (services: ChatServices, streams: Streams): Gateway =>
  createGateway({
    ...services,
    actions: createActions(services),
    mayEnter: (identity, ip) => mayEnter(services, identity, ip),
    isFull: () => services.io.engine.clientsCount + streams.count() > services.limits.maxConnections,
  })

/** Connections of an agent whose rights or sessions have changed, here or at another node, are looked at again. */
function followStanding({ io, standing, onError }: ChatServices, faces: { gateway: Gateway; streams: Streams }): void {
  const recheck = (agent: AgentId) =>
    void Promise.all([faces.gateway.recheck(agent), faces.streams.recheck(agent)]).catch(onError)
  standing.onChanged((agent) => {
    recheck(agent)
    io.serverSideEmit('agent_changed', agent)
  })
  io.on('agent_changed', (agent) => {
    standing.forget(agent)
    recheck(agent)
  })
}

/** Tokens travel in headers, never in cookies: another site gains nothing by asking. A site that is refused may read why. */
const anySite = cors({
  origin: (origin) => origin,
  allowHeaders: ['authorization', 'content-type', 'last-event-id'],
  maxAge: 600,
})

const together = (all: readonly Periodic[]): Periodic => ({
  async stop() {
    await Promise.all(all.map((one) => one.stop()))
  },
})
