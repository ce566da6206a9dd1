import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { startSlack } from '../../sandbox/slack/start.ts'
import { startZendesk } from '../../sandbox/zendesk/start.ts'
import type { Message } from '../../src/contract/chat.ts'
import { freePort, until } from '../../stores/process.ts'
import { dataOf } from './data.ts'
import { type FreshStores, freshStores } from './stores.ts'

export const channel = 'C0SUPPORT01'
export const adminKey = 'admin-key-of-the-tests'
const secrets = {
  slackToken: 'xoxb-test',
  slackSigning: 'slack-signing',
  slackApp: 'xapp-test',
  zendeskId: 'id',
  zendeskSecret: 'secret',
  zendeskWebhook: 'zendesk-webhook',
}

export interface SlackMessage {
  ts: string
  threadTs: string | null
  user: string
  text: string
  botId: string | null
  username: string | null
  metadata: { event_payload: Record<string, unknown> } | null
}

export interface Ticket {
  id: number
  status: string
  subject: string
  tags: string[]
  fields: Record<string, unknown>
  requester: { name: string; email: string | null; external_id: string | null }
  comments: { id: number; body: string; public: boolean; marker: string | null; author: { id: number; name: string } }[]
}

export const json = async <T>(
  url: string,
  init?: { method?: string; body?: unknown; headers?: Record<string, string> },
): Promise<T> => {
  const response = await fetch(url, {
    method: init?.method ?? 'GET',
    headers: { 'content-type': 'application/json', ...init?.headers },
    ...(init?.body !== undefined && { body: JSON.stringify(init.body) }),
  })
  return response.json() as Promise<T>
}

export interface WorldOptions {
  factor?: number
  env?: Record<string, string>
  stores?: FreshStores
  /** Roles of the service's processes; one of all by default. */
  roles?: readonly ('all' | 'api' | 'worker')[]
  /** The clock of Slack and Zendesk, epoch ms. */
  now?: () => number
}

/** Slack by Socket Mode alone: what Slack would send over HTTP finds nobody. */
export const socketMode = { SLACK_APP_TOKEN: secrets.slackApp, SLACK_SIGNING_SECRET: '' }

/** What a process of the service is told, apart from its stores. */
export const serviceEnvironment = (at: { url: string; slack: string; zendesk: string; factor: number }) => ({
  ...process.env,
  PUBLIC_URL: at.url,
  DESKBRIDGE_SECRET: 'a secret of the tests, long enough',
  DESKBRIDGE_ADMIN_KEY: adminKey,
  DESKBRIDGE_TIME_FACTOR: String(at.factor),
  DESKBRIDGE_LOG_LEVEL: 'info',
  SLACK_BOT_TOKEN: secrets.slackToken,
  SLACK_SIGNING_SECRET: secrets.slackSigning,
  SLACK_API_URL: `${at.slack}/api/`,
  SLACK_CHANNEL: channel,
  ZENDESK_URL: at.zendesk,
  ZENDESK_CLIENT_ID: secrets.zendeskId,
  ZENDESK_CLIENT_SECRET: secrets.zendeskSecret,
  ZENDESK_WEBHOOK_SECRET: secrets.zendeskWebhook,
})

/** Slack and Zendesk, which push to the service at `url`. */
export async function startStandIns({ url, ...times }: { url: string; factor: number; now?: () => number }) {
  const slack = await startSlack({
    ...times,
    port: 0,
    token: secrets.slackToken,
    signingSecret: secrets.slackSigning,
    appToken: secrets.slackApp,
    channel,
    eventsUrl: `${url}/connectors/slack/events`,
    interactionsUrl: `${url}/connectors/slack/interactivity`,
    commandsUrl: `${url}/connectors/slack/commands`,
  })
  const zendesk = await startZendesk({
    ...times,
    port: 0,
    clientId: secrets.zendeskId,
    clientSecret: secrets.zendeskSecret,
    webhookSecret: secrets.zendeskWebhook,
    webhookUrl: `${url}/connectors/zendesk/webhook`,
  })
  return { slack, zendesk }
}

/** The whole of it: stand-ins of Slack and Zendesk, and the service as processes that a test may kill. */
export async function aWorld(options: WorldOptions = {}) {
  const factor = options.factor ?? 1
  const stores = options.stores ?? (await freshStores())
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const { slack, zendesk } = await startStandIns({ url, factor, ...(options.now && { now: options.now }) })

  const env = {
    ...serviceEnvironment({ url, slack: slack.url, zendesk: zendesk.url, factor }),
    MONGODB_URL: stores.mongodbUrl,
    REDIS_URL: stores.redisUrl,
    DESKBRIDGE_REDIS_PREFIX: stores.redisPrefix,
    DESKBRIDGE_DATA: dataOf(stores.redisPrefix),
    ...options.env,
  }

  const roles = options.roles ?? ['all']
  const processes: ChildProcess[] = []
  const lines: string[] = []
  const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts')

  const startOne = (role: string) => {
    const child = spawn(process.execPath, [main], {
      env: { ...env, DESKBRIDGE_ROLE: role, PORT: String(role === 'worker' ? 0 : port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const keep = (chunk: Buffer) => {
      lines.push(...chunk.toString().split('\n').filter(Boolean))
      if (process.env.DESKBRIDGE_TEST_LOG) appendFileSync(process.env.DESKBRIDGE_TEST_LOG, chunk)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    processes.push(child)
    return child
  }

  const isReady = () =>
    fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    )

  const start = async () => {
    for (const role of roles) startOne(role)
    if (!(await until(isReady, 120_000))) throw new Error(`the service did not start:\n${lines.slice(-20).join('\n')}`)
  }

  const end = async (signal: NodeJS.Signals) => {
    const running = processes.splice(0)
    await Promise.all(
      running.map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return
        const exit = once(child, 'exit')
        child.kill(signal)
        await exit
      }),
    )
  }

  await start()
  const sockets: Socket[] = []

  const world = {
    url,
    slack,
    zendesk,
    stores,
    env,
    lines,
    start,
    startRole: startOne,
    /** As a power cut. */
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),

    api: <T>(path: string, init?: Parameters<typeof json>[1]) => json<T>(`${url}${path}`, init),

    async session(about: Record<string, unknown> = { name: 'Ana' }) {
      return world.api<{ sessionId: string; token: string; epoch: string }>('/api/chat/sessions', {
        method: 'POST',
        body: about,
      })
    },

    connect(token: string): Socket {
      const socket = io(url, {
        auth: { token },
        transports: ['websocket'],
        reconnectionDelay: 50,
        reconnectionDelayMax: 200,
        forceNew: true,
      })
      sockets.push(socket)
      return socket
    },

    join: (socket: Socket, sessionId: string) => askUntilAnswered(socket, 'join_chat', { sessionId }),

    /** A visitor who has joined, with everything they were shown. */
    async visitor(about?: Record<string, unknown>) {
      const { sessionId, token } = await world.session(about)
      const socket = world.connect(token)
      const seen: Pick<Message, 'seq' | 'content' | 'senderId' | 'senderName' | 'senderType' | 'senderPicture'>[] = []
      socket.on('new_message', (message) => seen.push(message))
      await world.join(socket, sessionId)
      let sent = 0
      return {
        sessionId,
        token,
        socket,
        seen,
        /** Its id makes it one message, however often it is sent. */
        send(content: string) {
          const clientMessageId = `message-${(sent += 1)}-${content.length}`
          const message = { sessionId, messageType: 'text', content, clientMessageId }
          return askUntilAnswered(socket, 'send_message', message)
        },
      }
    },

    /** Somebody of the team. */
    async agent(name = 'Bo', email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`) {
      const headers = { authorization: `Bearer ${adminKey}` }
      const body = { name, email }
      const { id } = await world.api<{ id: string }>('/api/admin/agents', { method: 'POST', headers, body })
      const { token } = await world.api<{ token: string }>(`/api/admin/agents/${id}/token`, { method: 'POST', headers })
      return { id, token }
    },

    thread: async (sessionId: string) => {
      const roots = await json<{ root: SlackMessage; replies: SlackMessage[] }[]>(
        `${slack.url}/sandbox/channels/${channel}`,
      )
      return roots.find(({ root }) => root.metadata?.event_payload.session === sessionId)
    },
    threads: async (sessionId: string) => {
      const roots = await json<{ root: SlackMessage; replies: SlackMessage[] }[]>(
        `${slack.url}/sandbox/channels/${channel}`,
      )
      return roots.filter(({ root }) => root.metadata?.event_payload.session === sessionId)
    },
    replyInSlack: (ts: string, text: string) =>
      json<{ ts: string }>(`${slack.url}/sandbox/threads/${channel}/${ts}/replies`, { method: 'POST', body: { text } }),
    tickets: (sessionId: string) => json<Ticket[]>(`${zendesk.url}/sandbox/tickets?external_id=${sessionId}`),
    commentInZendesk: (ticket: number, body: string, isPublic = true) =>
      json<{ id: number }>(`${zendesk.url}/sandbox/tickets/${ticket}/comments`, {
        method: 'POST',
        body: { body, public: isPublic },
      }),
    faults: (stand: 'slack' | 'zendesk', rules: readonly Record<string, unknown>[]) =>
      json(`${stand === 'slack' ? slack.url : zendesk.url}/sandbox/faults`, { method: 'PUT', body: rules }),
    heldBy: async (stand: 'slack' | 'zendesk') => {
      const rules = await json<{ held: number }[]>(`${stand === 'slack' ? slack.url : zendesk.url}/sandbox/faults`)
      return rules.reduce((sum, rule) => sum + rule.held, 0)
    },
    release: (stand: 'slack' | 'zendesk', id: string, how: 'go_on' | 'drop') =>
      json(`${stand === 'slack' ? slack.url : zendesk.url}/sandbox/faults/release`, {
        method: 'POST',
        body: { id, how },
      }),

    async close() {
      for (const socket of sockets) socket.close()
      await end('SIGKILL')
      await slack.stop()
      await zendesk.stop()
      await rm(dataOf(stores.redisPrefix), { recursive: true, force: true })
      if (!options.stores) await stores.drop()
    },
  }
  return world
}

export type World = Awaited<ReturnType<typeof aWorld>>

/** As often as it takes: a line that breaks takes its answers along. */
async function askUntilAnswered(socket: Socket, event: string, payload: object) {
  for (;;) {
    const answer = await socket
      .timeout(10_000)
      .emitWithAck(event, payload)
      .catch(() => null)
    if (answer && answer.error?.code !== 'unavailable') return answer
  }
}
