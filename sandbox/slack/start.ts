import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { z } from 'zod'
import { createEventsOut } from '../events-out.ts'
import { sendFace } from '../face.ts'
import { createFaults } from '../faults.ts'
import { documented } from '../fixtures/load.ts'
import { createLimits } from '../limits.ts'
import { createCalls, listen, type Stand } from '../serve.ts'
import { createStream } from '../stream.ts'
import { changeEvent, mountChanges, typed } from './changes.ts'
import { type Files, keepFile, mountFiles, SentFile, type Uploads } from './files.ts'
import { type Codes, mountInstalling } from './installing.ts'
import { mountInteractions } from './interactions.ts'
import { messageBody } from './message-body.ts'
import { people } from './people.ts'
import { createScreens } from './screens.ts'
import { sharingEvents } from './sharing.ts'
import { signature } from './signed.ts'
import { mountSockets } from './socket-routes.ts'
import { createSockets, type Sockets } from './sockets.ts'
import { createTeams, type Team } from './teams.ts'
import { mountUploads } from './uploads.ts'
import { webApi } from './web-api.ts'
import { createWorkspace, type Entry, type Message } from './workspace.ts'

export interface SlackSandboxOptions {
  port: number
  token: string
  signingSecret: string
  /** For Socket Mode: while a connection is open, pushes go there, and without addresses nowhere else. */
  appToken?: string | undefined
  channel: string
  eventsUrl?: string | undefined
  interactionsUrl?: string | undefined
  commandsUrl?: string | undefined
  /** With which the app asks to be let in; `sandbox-client` and `sandbox-secret` unless they are given. */
  clientId?: string | undefined
  clientSecret?: string | undefined
  folder?: string | undefined
  /** Multiplies the windows of limits and the delays of retries. */
  factor: number
  /** Epoch ms. */
  now?(): number
}

/** When Slack tries an event again. ms */
const retries = [1_000, 60_000, 300_000]

/** A stand-in of Slack: the Web API under `/api`, signed events, and under `/sandbox` what its people do. */
export function startSlack(options: SlackSandboxOptions): Promise<Stand> {
  const now = options.now ?? Date.now
  const faults = createFaults()
  const calls = createCalls()
  const stream = createStream()
  const files: Files = new Map()
  const uploads: Uploads = new Map()
  const archived = new Set<string>()
  const visible = new Set<string>()
  const shared = new Set<string>()
  const teams = createTeams(options)
  const codes: Codes = new Map()
  const client = { id: options.clientId ?? 'sandbox-client', secret: options.clientSecret ?? 'sandbox-secret' }
  let available = true
  let eventsUrl = options.eventsUrl
  let events = 0
  const changed = (entry: Entry, before?: Message) => {
    stream.publish({ ...entry })
    const event = changeEvent(entry, before)
    if (event) push(event)
  }
  const workspace = createWorkspace({ folder: options.folder, now, changed })
  const sockets = createSockets(options)
  const out = createEventsOut({
    url: () => eventsUrl,
    elsewhere: ({ body }, attempt, reason) =>
      sockets.isOpen() || (options.appToken && !eventsUrl) ? pushed(sockets, body, attempt, reason) : null,
    faults,
    timeoutMs: 3_000,
    retryAfter: (attempt) => (retries[attempt] === undefined ? null : retries[attempt] * options.factor),
  })

  const announce = (message: Message) =>
    !teams.hasLeft(message.channel) &&
    push({
      ...messageBody(message, true),
      channel: message.channel,
      event_ts: message.ts,
      channel_type: 'channel',
    })

  const push = (event: Record<string, unknown>, team: Team = teams.ofChannel(event.channel)) => {
    const id = `Ev${String((events += 1)).padStart(8, '0')}${now().toString(36)}`
    const body = JSON.stringify(
      documented('slack/event.message.thread', {
        team_id: team.id,
        authorizations: [{ ...authorization, team_id: team.id, user_id: team.bot.user }],
        event,
        event_id: id,
        event_time: Math.floor(now() / 1_000),
      }),
    )
    out.send({
      name: 'event',
      body,
      headers: (attempt, reason) => signed({ secret: options.signingSecret, body, at: now() }, attempt, reason),
    })
  }

  const app = new Hono()
  app.use(cors())
  const nameOf = (c: { req: { path: string } }) => c.req.path.slice('/api/'.length)
  app.use('/api/*', calls.middleware(nameOf))
  app.use('/api/*', async (c, next) => (available ? next() : c.text('service unavailable', 503)))
  app.use('/api/*', faults.middleware(nameOf))
  const upgrade = mountSockets(app, { ...options, sockets, now })
  const limits = createLimits(now)
  const screens = createScreens({ now, changed: () => stream.publish({ kind: 'screens' }) })
  app.route(
    '/api',
    webApi({
      ...{ teams, codes, client, push },
      archived,
      visible,
      shared,
      workspace,
      files,
      uploads,
      limits,
      factor: options.factor,
      posted: announce,
      screens,
    }),
  )
  faults.mount(app)
  calls.mount(app)
  stream.mount(app)

  const { signingSecret, interactionsUrl, commandsUrl } = options
  mountInteractions(app, { signingSecret, interactionsUrl, commandsUrl, sockets, screens, workspace, now })

  // In place of avatars.slack-edge.com.
  app.get('/avatars/:file', (c) => sendFace(c, c.req.param('file').split('_')[0] ?? ''))
  app.get('/sandbox/people', (c) => c.json(people))
  app.get('/sandbox/channels/:channel', (c) => {
    const channel = c.req.param('channel')
    return c.json(
      workspace.roots(channel).map((root) => ({ root, replies: workspace.thread(channel, root.ts).slice(1) })),
    )
  })
  app.get('/sandbox/threads/:channel/:ts', (c) => c.json(workspace.thread(c.req.param('channel'), c.req.param('ts'))))
  app.post('/sandbox/threads/:channel/:ts/replies', async (c) => {
    const { user, text, file } = z
      .object({ user: z.string().default('U0GRACE'), text: z.string(), file: SentFile.optional() })
      .parse(await c.req.json())
    const message = workspace.post({
      channel: c.req.param('channel'),
      threadTs: c.req.param('ts'),
      user,
      text: typed(text),
      botId: null,
      username: null,
      metadata: null,
      ...(file && { files: [keepFile(files, file, new URL(c.req.url).origin)] }),
    })
    announce(message)
    return c.json({ ts: message.ts }, 201)
  })
  mountChanges(app, workspace)
  mountInstalling(app, { teams, codes, clientId: client.id, push })
  mountFiles(app, files, teams)
  mountUploads(app, uploads)
  app.put('/sandbox/state', async (c) => {
    const State = z.object({
      available: z.boolean().optional(),
      /** The token is not accepted any more. */
      revoked: z.boolean().optional(),
      archived: z.array(z.string()).optional(),
      /** Further ones that the app is in. */
      joined: z.array(z.string()).optional(),
      /** Public ones that the app is not in. */
      visible: z.array(z.string()).optional(),
      /** With another organisation. */
      shared: z.array(z.string()).optional(),
      /** What the app was installed with. */
      scopes: z.array(z.string()).optional(),
      eventsUrl: z.string().optional(),
    })
    const state = State.parse(await c.req.json())
    available = state.available ?? available
    if (state.revoked !== undefined) teams.first.tokens.set(options.token, state.revoked ? 'revoked' : 'good')
    eventsUrl = state.eventsUrl ?? eventsUrl
    if (state.archived) archived.clear()
    for (const channel of state.archived ?? []) archived.add(channel)
    for (const channel of state.joined ?? []) teams.first.channels.add(channel)
    for (const channel of state.visible ?? []) visible.add(channel)
    const sharedBefore = new Set(shared)
    if (state.shared) shared.clear()
    for (const channel of state.shared ?? []) shared.add(channel)
    for (const event of sharingEvents(sharedBefore, shared)) push(event)
    teams.first.scopes = state.scopes ?? teams.first.scopes
    return c.json({ ok: true })
  })
  app.post('/sandbox/reset', (c) => {
    workspace.clear()
    screens.clear()
    return c.json({ ok: true })
  })

  const close = async () => {
    stream.close()
    sockets.close()
    await out.stop()
  }
  return listen(app, options.port, close, upgrade)
}

async function pushed(sockets: Sockets, body: string, attempt: number, reason: string) {
  const retry = { retry_attempt: attempt, retry_reason: reason.replace(/^http_/, '') }
  const outcome = await sockets.push({ type: 'events_api', payload: JSON.parse(body), ...retry })
  return outcome.kind === 'acknowledged' ? 200 : outcome.kind
}

const authorization = { enterprise_id: null, is_bot: true, is_enterprise_install: false }

function signed(
  { secret, body, at }: { secret: string; body: string; at: number },
  attempt: number,
  reason: string,
): Record<string, string> {
  return {
    'content-type': 'application/json',
    ...signature({ secret, body, at }),
    ...(attempt > 0 && { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': reason }),
  }
}
