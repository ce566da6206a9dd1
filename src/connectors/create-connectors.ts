import type { Context, Hono } from 'hono'
import type { Connection } from 'mongoose'
import type { Arrivals } from '../bridge/port/arrival.ts'
import type { ChatFacts, FileBytes, InboxSettings, LinkTo, People, SignIns, Transcripts } from '../bridge/port/asked.ts'
import type { Budget } from '../bridge/port/call.ts'
import type { Connector, Destination } from '../bridge/port/connector.ts'
import type { Desk, Threads } from '../bridge/port/desk.ts'
import type { PictureId } from '../contract/ids.ts'
import type { Finding } from '../platform/finding.ts'
import type { Logger } from '../platform/log-output.ts'
import type { Config, SlackConfig, ZendeskConfig } from '../platform/settings.ts'
import { type Announce, createAnnounce } from './slack/announce.ts'
import { createSlackConnector, postsBudget, slackDestination } from './slack/connector.ts'
import { openInstallationStore, openInstalling } from './slack/installations/open.ts'
import { mountInstalling } from './slack/installations/routes.ts'
import { slackInstallationModel, usedStateModel } from './slack/installations/store.ts'
import { openSlack } from './slack/open.ts'
import { examineSlack } from './slack/setup/doctor.ts'
import { createZendeskConnector, zendeskDestination } from './zendesk/connector.ts'
import { openZendesk } from './zendesk/open.ts'
import { examineZendesk } from './zendesk/setup/doctor.ts'

/** The destinations whose credentials are set, and what they want. */
export const destinationsOf = ({ slack, zendesk }: Pick<Config, 'slack' | 'zendesk'>): Destination[] => [
  ...(slack ? [slackDestination] : []),
  ...(zendesk ? [zendeskDestination] : []),
]

export const connectorModels = [slackInstallationModel, usedStateModel]

export interface MountedConnector {
  connector: Connector
  mount(app: Hono, arrivals: Arrivals): void
  /** What works between here and the remote, and what to do where something does not. `lastEvent`: when one was taken in. */
  examine(lastEvent: () => Promise<Date | null>): AsyncIterable<Finding>
  /** Begins to receive what the remote does not call for; `stop` waits for what was received. `missed`: some of it may not have come. */
  listen?(arrivals: Arrivals, missed: () => Promise<unknown>): { stop(): Promise<void> } | null
  /** Posts what is of no chat. */
  announce?: Announce
}

/** What connectors ask the rest for. */
export interface ConnectorDeps {
  connection: Connection
  /** Throws for whoever is no administrator. */
  onlyAdmins(c: Context): Promise<unknown>
  inboxes: InboxSettings
  people: People
  facts: ChatFacts
  files: FileBytes
  transcripts: Transcripts
  linkTo: LinkTo
  /** Where a picture of somebody of the team is loaded from. */
  pictureAt(id: PictureId): string
  signIns: SignIns
  desk: Desk
  threads: Threads
  newKey(): string
  filesOrigin: string
  /** Waits for a call's turn; false when that is too far off. */
  slot(budget: Budget): Promise<boolean>
  /** Whether a public comment mails what it says to the customer. */
  mailsInPublic: boolean
  now(): number
  logger: Logger
}

/** A connector whose credentials are set is on. */
export function createConnectors(config: Config, deps: ConnectorDeps): MountedConnector[] {
  const { slack, zendesk } = config
  const consoleUrl = new URL('/console/chats', config.publicUrl).href
  const tickets = zendesk !== undefined
  return [
    ...(slack ? [connectSlack({ ...config, slack }, { ...deps, consoleUrl, tickets })] : []),
    ...(zendesk ? [connectZendesk({ ...config, zendesk }, deps)] : []),
  ]
}

function connectZendesk({ zendesk, ...config }: Config & { zendesk: ZendeskConfig }, deps: ConnectorDeps) {
  const opened = openZendesk(zendesk, { ...config, now: deps.now })
  const inboxes = () => deps.inboxes.list()
  return {
    ...createZendeskConnector({ config: zendesk, ...opened, ...deps }),
    examine: () => examineZendesk({ config: zendesk, ...opened, inboxes, publicUrl: config.publicUrl }),
  }
}

function connectSlack(
  { slack, ...config }: Config & { slack: SlackConfig },
  deps: ConnectorDeps & { consoleUrl: string; tickets: boolean },
): MountedConnector {
  const store = openInstallationStore(config, deps)
  // What a secret that was changed has to seal anew is met at the start.
  void store.list().catch((err: unknown) => deps.logger.warn({ err }, 'slack: the workspaces could not be read'))
  const opened = openSlack(slack, { ...deps, store, times: config.times })
  const { connector, mount, listen } = createSlackConnector({ ...deps, ...opened, config: slack })
  return {
    connector,
    listen,
    announce: createAnnounce({ ...opened, budget: postsBudget(slack), slot: deps.slot }),
    examine: (lastEvent) =>
      examineSlack({
        ...{ config: slack, known: opened.known, lastEvent, publicUrl: config.publicUrl },
        inboxes: () => deps.inboxes.list(),
        ...(opened.socket && { socket: opened.socket }),
      }),
    mount(app, arrivals) {
      mount(app, arrivals)
      mountInstalling(app, openInstalling(slack, config, { ...deps, store }))
    },
  }
}
