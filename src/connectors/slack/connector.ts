import type { Hono } from 'hono'
import type {
  Arrivals,
  Budget,
  ChatFacts,
  Connector,
  Desk,
  Destination,
  FileBytes,
  FrozenCall,
  InboxSettings,
  LinkTo,
  Threads,
} from '../../bridge/port.ts'
import type { PictureId } from '../../contract/ids.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { SlackConfig } from '../../platform/settings.ts'
import { createActions } from './actions/actions.ts'
import { hintCollision } from './actions/collision.ts'
import { receiveActions } from './actions/receiver.ts'
import type { SlackApi } from './api.ts'
import { createEventHandlers } from './arrivals/events.ts'
import type { SlackFiles } from './arrivals/files.ts'
import { createMarks } from './arrivals/marks.ts'
import { missedReplies } from './arrivals/missed.ts'
import type { SlackPictures } from './arrivals/pictures.ts'
import { receiveEvents } from './arrivals/receiver.ts'
import { goneReply } from './arrivals/stood.ts'
import { understandMessage } from './arrivals/understand.ts'
import { createChannels } from './channels.ts'
import { channelAndTs, channelOfThread } from './message-ids.ts'
import { createPeople } from './people.ts'
import { Body, blankBody } from './posts/body.ts'
import { erasePost } from './posts/erase.ts'
import { findPost, removePost, standingPosts } from './posts/find.ts'
import { owesWithoutNews, planNext } from './posts/plan.ts'
import { makeCall } from './posts/post.ts'
import { createUploads } from './posts/uploads.ts'
import { createProcessAction, createProcessEvent } from './sdk.ts'
import { createSharing } from './sharing.ts'
import { type ListenDeps, type Listening, listenToSlack } from './socket/listen.ts'
import { createTake } from './socket/take.ts'
import { createWorkspaces } from './workspace.ts'

export interface SlackDeps {
  config: SlackConfig
  api: SlackApi
  /** How connections are opened, with an app-level token. */
  socket?: Pick<ListenDeps, 'connect' | 'retryDelay'>
  pictures: SlackPictures
  downloads: SlackFiles
  files: FileBytes
  inboxes: InboxSettings
  linkTo: LinkTo
  /** Where a picture of somebody of the team is loaded from. */
  pictureAt(id: PictureId): string
  facts: ChatFacts
  consoleUrl: string
  /** Whether a chat can have a ticket. */
  tickets: boolean
  desk: Desk
  threads: Threads
  newKey(): string
  now(): number
  logger: Logger
}

export const slackDestination: Destination = {
  name: 'slack',
  wants: new Set([
    'message',
    'message_edited',
    'message_deleted',
    'agent_joined',
    'assigned',
    'unassigned',
    'transferred',
    'session_closed',
    'session_reopened',
    'ticket_requested',
    'alerted',
    'visitor_updated',
    'rated',
    'ticket_linked',
    'erased',
  ]),
  remoteIn: (thread) => ({ thread, ...channelAndTs(thread) }),
}

/** One chat is one thread in its inbox's channel. */
export function createSlackConnector(slack: SlackDeps): {
  connector: Connector
  /** Mounts what Slack calls; events go to `arrivals` before they are answered. */
  mount(app: Hono, arrivals: Pick<Arrivals, 'accept'>): void
  /** The same over a connection that is opened from here. Null: that is not wanted. */
  listen(arrivals: Pick<Arrivals, 'accept'>, missed: () => Promise<unknown>): Listening | null
} {
  const { config, api, pictures, downloads: files, inboxes, now, logger } = slack
  const workspaces = createWorkspaces({ api, now })
  const people = createPeople({ api, now })
  const uploads = createUploads({ api, files: slack.files, workspaces, apiUrl: config.apiUrl })
  const sharing = createSharing(slack)
  const deps = { api, pictures, files, uploads, inboxes, workspaces, people, sharing }
  const acting = { ...slack, ...deps }
  const channels = createChannels(config.channel, inboxes)
  const budget = (of: string): Budget => ({ key: `slack:posts:${of}`, ...config.posts })
  const changes: Budget = { key: 'slack:changes', ...config.reads }
  const planning = { ...slack, channelOf: channels.of, isPlaceOf: channels.areOf, budget, changes }
  const receiving = (arrivals: Pick<Arrivals, 'accept'>) => {
    const handlers = createEventHandlers({
      channels: channels.all,
      sharingChanged: sharing.changed,
      async accept(items) {
        await arrivals.accept(slackDestination.name, items)
        for (const item of items) void hintCollision(acting, item).catch((err) => logger.warn({ err }, 'no hint'))
      },
    })
    return {
      receive: createProcessEvent(handlers, logger),
      act: createProcessAction(createActions(acting), logger),
    }
  }
  return {
    connector: {
      ...slackDestination,
      lookBudget: { key: 'slack:reads', ...config.reads },
      pushesContent: true,
      next: (link, events, readLog, brought) => planNext(planning, { link, events, readLog, brought }),
      owes: (link) => owesWithoutNews(planning, link),
      places: channels.named,
      perform: (call, link) => channels.orElsewhere(channelOf(call), () => makeCall(deps, call, link)),
      find: (call, link) => channels.orElsewhere(channelOf(call), () => findPost(deps, call, link)),
      standing: (thread, brought) =>
        channels.apart(channelOfThread(thread), () => standingPosts(deps, thread, brought)),
      removeTwin: (_thread, remoteId) => removePost(deps, remoteId),
      erase: (trace, from) => channels.apart(channelOfThread(trace.thread), () => erasePost(deps, trace, from)),
      eraseBudgets: [changes],
      blank: (body) => blankBody(Body.parse(body)),
      missed: (remote, after) => missedReplies(slack, remote, after),
      gone: (item) => goneReply(slack, item),
      told: createMarks({ ...deps, logger }),
      toldBudget: changes,
      understand: (item, inbox = '') => understandMessage(deps, item, inbox),
    },
    mount(app, arrivals) {
      const { signingSecret } = config
      if (signingSecret === undefined) return
      const { receive, act } = receiving(arrivals)
      receiveEvents(app, { signingSecret, process: receive, now, logger })
      receiveActions(app, { signingSecret, process: act, now, logger })
    },
    listen(arrivals, missed) {
      const take = createTake({ ...receiving(arrivals), logger })
      return slack.socket ? listenToSlack({ ...slack.socket, take, missed, now, logger }) : null
    },
  }
}

const channelOf = (call: FrozenCall): string => Body.parse(call.body).channel
