import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { startSlack } from '../../../sandbox/slack/start.ts'
import { bindingModel } from '../../../src/bridge/links/bindings.ts'
import { linkId, linksOf, newLink } from '../../../src/bridge/links/link.ts'
import { createThreads } from '../../../src/bridge/links/threads.ts'
import type { Arrivals } from '../../../src/bridge/port/arrival.ts'
import type { InboxSettings } from '../../../src/bridge/port/asked.ts'
import { createSlackApi } from '../../../src/connectors/slack/api.ts'
import { createSlackConnector } from '../../../src/connectors/slack/connector.ts'
import { openSlack } from '../../../src/connectors/slack/open.ts'
import { createConnect } from '../../../src/connectors/slack/socket/connection.ts'
import { AgentId, SessionId } from '../../../src/contract/ids.ts'
import { Inbox } from '../../../src/contract/inbox.ts'
import { onError } from '../../../src/platform/http/errors.ts'
import { createLogger } from '../../../src/platform/log-output.ts'
import { freePort } from '../../../stores/process.ts'
import { aDesk } from '../../support/desk.ts'
import { json } from '../../support/world.ts'
import { noneStored } from './arrange.ts'

export const channel = 'C0SUPPORT01'
const token = 'xoxb-test'
export const signingSecret = 'slack-signing'
const pace = { limit: 60, windowMs: 60_000, burst: 3 }
const inbox = (key: string) => Inbox.parse({ key, name: key, allowedOrigins: ['*'] })

interface OfficeOptions {
  bySocket?: boolean
  /** Stores what Slack pushes. */
  accept?: Arrivals['accept']
}

interface Answer {
  status: number
  body: unknown
}

interface Push {
  type: string
  retry: number
  outcome: 'acknowledged' | 'timeout' | 'error' | null
}

export interface View {
  id: string
  user: string
  content: { title: { text: string }; callback_id?: string; blocks: { type: string; text?: { text: string } }[] }
}

/** Slack's limits are as strict, for a shorter time. */
const factor = 0.02

const appToken = 'xapp-test'

/** Slack with its people, the connector, and a desk on real stores. `bySocket`: in Socket Mode, and no request is taken. */
export async function anOffice({ bySocket = false, accept = async () => {} }: OfficeOptions = {}) {
  const desk = await aDesk({}, { config: { inboxes: [inbox('default'), inbox('other')] } })
  const { connection, chat } = desk.chat.node()
  await bindingModel(connection).init()
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const slack = await startSlack({
    ...{ port: 0, token, signingSecret, channel, factor },
    ...(bySocket
      ? { appToken }
      : {
          eventsUrl: `${url}/connectors/slack/events`,
          interactionsUrl: `${url}/connectors/slack/interactivity`,
          commandsUrl: `${url}/connectors/slack/commands`,
        }),
  })
  const api = createSlackApi({ token, apiUrl: `${slack.url}/api/`, timeoutMs: 5_000 })
  const logger = createLogger('silent')
  const settings: InboxSettings = { find: async () => null, list: async () => [] }
  let keys = 0
  const apiUrl = `${slack.url}/api/`
  const config = { botToken: token, ...(!bySocket && { signingSecret }), apiUrl, channel, posts: pace, reads: pace }
  const given = { files: { of: async () => null }, store: noneStored, now: Date.now, logger }
  const { mount, listen } = createSlackConnector({
    ...openSlack(config, { ...given, times: { callTimeout: 5_000, retryFirst: 1_000 } }),
    ...(bySocket && {
      socket: { connect: createConnect({ appToken, apiUrl, timeoutMs: 3_000 }), retryDelay: () => 20 },
    }),
    ...{ config, logger, inboxes: settings, desk: chat.desk, now: Date.now },
    threads: createThreads(connection),
    linkTo: () => 'https://files.example/1',
    pictureAt: () => 'https://desk.example/picture',
    facts: { of: async () => null },
    consoleUrl: 'https://desk.example/console/chats',
    tickets: true,
    newKey: () => `key-${(keys += 1)}`,
  })
  const app = new Hono()
  app.onError(onError(logger))
  mount(app, { accept })
  const listening = listen({ accept }, async () => {})
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' })

  const act = (path: string, body: object) => json<Answer>(`${slack.url}/sandbox/${path}`, { method: 'POST', body })
  const trigger = async () =>
    (await json<{ trigger: string }>(`${slack.url}/sandbox/triggers`, { method: 'POST', body: {} })).trigger
  const views = () => json<View[]>(`${slack.url}/sandbox/views`)
  const whispers = () =>
    json<{ user: string; threadTs: string | null; text: string }[]>(`${slack.url}/sandbox/whispers`)

  const sockets = () => json<{ open: number; pushes: Push[] }>(`${slack.url}/sandbox/sockets`)
  if (bySocket) while ((await sockets()).open === 0) await new Promise(setImmediate)

  return {
    url,
    desk,
    act,
    sockets,
    trigger,
    views,
    whispers,
    /** A chat whose thread is there, with a root of ours. */
    async chat() {
      const { sessionId } = await desk.visitor()
      const session = SessionId.parse(sessionId)
      const metadata = { event_type: 'deskbridge_call', event_payload: { marker: sessionId, session: sessionId } }
      const post = { channel, text: 'A chat', metadata }
      const { ts } = await api.post(post, api.deadline())
      await linksOf(connection).insertOne({
        _id: linkId(session, 'slack'),
        activeAt: new Date(),
        ...newLink(session, 'slack'),
        remote: { thread: `${channel}:${ts}`, channel, ts },
      })
      const click = (action: string, more: object = {}) =>
        act('clicks', { channel, ts, action, value: sessionId, ...more })
      return {
        session,
        ts,
        click,
        /** Opens a modal and waits for it. */
        async open(action: string, more: object = {}): Promise<View> {
          const before = (await views()).length
          await click(action, more)
          for (;;) {
            const now = await views()
            const last = now.at(-1)
            if (now.length > before && last) return last
          }
        },
        reply: (text: string, user = 'U0GRACE', file?: { name: string; type: string; content: string }) =>
          json<{ ts: string }>(`${slack.url}/sandbox/threads/${channel}/${ts}/replies`, {
            method: 'POST',
            body: { user, text, file },
          }),
        said: async () =>
          (await desk.chat.events(session))
            .filter(({ actor }) => actor.kind === 'agent')
            .map(({ type, body, origin }) => ({ type, body, origin })),
      }
    },
    /** The account of one of Slack's people, who gets chats by what they do alone. */
    async account(name: string, email: string, about: Parameters<typeof desk.agent>[1] = {}) {
      const agent = await desk.agent(name, { capacity: 0, role: 'supervisor', ...about })
      await agent.become({ email, emailKey: email })
      return { ...agent, id: AgentId.parse(agent.id) }
    },
    async close() {
      await listening?.stop()
      server.close()
      await slack.stop()
      await desk.close()
    },
  }
}

export type Office = Awaited<ReturnType<typeof anOffice>>
