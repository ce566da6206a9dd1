import type { Hono } from 'hono'
import {
  type Arrival,
  type Arrivals,
  type Budget,
  type Connector,
  type InboxItem,
  type LinkView,
  type Receipt,
  RemoteFailure,
} from '../../bridge/port.ts'
import { EventKey } from '../../contract/ids.ts'
import type { SlackConfig } from '../../platform/config.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { SlackApi, SlackMessage } from './api.ts'
import { createNames } from './names.ts'
import { Body, planReply, planRoot } from './plan.ts'
import { itemOf, RawMessage, slackRoutes } from './receiver.ts'
import { plainText } from './text.ts'

export const slackName = 'slack'

export interface SlackDeps {
  config: SlackConfig
  api: SlackApi
  /** The workspace is named by each event; what is fetched has none, so keys use the configured one's. */
  now(): number
  logger: Logger
}

/** Clocks of Slack and ours may differ by so much when a call is looked for. */
const clockDifferenceMs = 60_000

/** One chat session is one thread in the support channel. */
export function createSlackConnector(deps: SlackDeps): {
  connector: Connector
  mount(app: Hono, arrivals: Arrivals): void
} {
  const { api, config, now, logger } = deps
  const names = createNames(api, now)
  const posts: Budget = { key: `slack:post:${config.channel}`, ...config.posts }
  const reads: Budget = { key: 'slack:read', ...config.reads }

  const connector: Connector = {
    name: slackName,
    wants: new Set(['message', 'session_closed']),
    lookBudget: reads,

    async next(link, events, readLog) {
      if (link.remote.thread !== undefined) return planReply(events, link, [posts])
      const started = (await readLog(0, 1)).at(0)
      return started?.type === 'session_started' ? planRoot(events, started, [posts]) : null
    },

    async perform(call, link) {
      const body = Body.parse(call.body)
      const marker = { marker: call.marker, session: link.session, from: call.from, to: call.to }
      const { channel = config.channel, ts: threadTs } = link.remote
      const reply = body.kind === 'reply' ? { threadTs, username: body.username } : {}
      return receiptOf(await api.post({ channel, text: body.text, marker, ...reply }), link)
    },

    async find(call, link) {
      const { channel = config.channel, ts: threadTs } = link.remote
      const since = String((call.startedAt - clockDifferenceMs) / 1_000)
      const page = threadTs ? await api.replies(channel, threadTs, since) : await api.history(channel, since)
      const found = page.filter((message) => markerOf(message) === call.marker).sort((a, b) => (a.ts < b.ts ? -1 : 1))
      const first = found.at(0)
      if (!first) return null
      const receipt = receiptOf({ ts: first.ts, channel }, link)
      return { ...receipt, remoteIds: found.map(({ ts }) => `${channel}:${ts}`) }
    },

    async removeTwin(_thread, remoteId) {
      const [channel = '', ts = ''] = remoteId.split(':')
      await api.remove(channel, ts).catch((error: unknown) => {
        // Posts under a name of their own may not be deleted; what stands there then says nothing twice.
        if (!(error instanceof RemoteFailure)) throw error
        return api.update(channel, ts, '_(sent twice; see above)_')
      })
    },

    async missed(remote, after) {
      const { channel, ts: threadTs } = remote
      if (!channel || !threadTs) return []
      const page = await api.replies(channel, threadTs, after === null ? null : tsOf(after))
      return page
        .map((message) => itemOf('', channel, { ...message, thread_ts: threadTs }))
        .filter((item): item is InboxItem => item !== null)
    },

    understand: (item) => understand(item, names),
  }

  return {
    connector,
    mount(app, arrivals) {
      const { signingSecret, botToken, apiUrl, channel } = config
      app.route('/connectors/slack', slackRoutes({ signingSecret, botToken, apiUrl, channel, arrivals, now, logger }))
    },
  }
}

function receiptOf({ ts, channel }: { ts: string; channel: string }, link: LinkView): Receipt {
  const { thread, ts: root } = link.remote
  return {
    remote: thread && root ? link.remote : { thread: `${channel}:${ts}`, channel, ts },
    remoteIds: [`${channel}:${ts}`],
  }
}

const markerOf = (message: SlackMessage): string | null => {
  const marker = message.metadata?.event_payload?.marker
  return typeof marker === 'string' ? marker : null
}

async function understand(item: InboxItem, names: { user(id: string): Promise<string> }): Promise<Arrival> {
  const { channel, message } = RawMessage.parse(item.raw)
  const marker = markerOf(message)
  if (marker !== null) return { kind: 'own', marker }
  if (message.bot_id !== undefined || message.subtype === 'bot_message') return { kind: 'pass', reason: 'a bot' }
  if (!message.user) return { kind: 'pass', reason: 'nobody' }
  return {
    kind: 'message',
    key: EventKey.parse(`slack:${channel}:${message.ts}`),
    author: { id: message.user, name: await names.user(message.user) },
    text: await plainText(message.text, names),
  }
}

/** Orders are padded timestamps. */
const tsOf = (order: string): string => order.replace(/^0+(?=\d)/, '')
