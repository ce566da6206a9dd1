import type { Hono } from 'hono'
import type { Arrivals, InboxItem, Missed } from '../../bridge/port/arrival.ts'
import type { ChatFacts, InboxSettings, LinkTo } from '../../bridge/port/asked.ts'
import type { Budget, FrozenCall } from '../../bridge/port/call.ts'
import type { Connector, Destination } from '../../bridge/port/connector.ts'
import type { Desk, Threads } from '../../bridge/port/desk.ts'
import type { PictureId } from '../../contract/ids.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { SlackConfig } from '../../platform/settings.ts'
import { createActions } from './actions/actions.ts'
import { hintCollision } from './actions/collision.ts'
import { actWhereItIs } from './actions/in-workspace.ts'
import { receiveActions } from './actions/receiver.ts'
import { createEventHandlers } from './arrivals/events.ts'
import { missedReplies } from './arrivals/missed.ts'
import type { SlackPictures } from './arrivals/pictures.ts'
import { receiveEvents } from './arrivals/receiver.ts'
import { goneReply } from './arrivals/stood.ts'
import { understandMessage } from './arrivals/understand.ts'
import { createChannels } from './channels.ts'
import type { Installation } from './installations/installation.ts'
import type { Installations } from './installations/installations.ts'
import { channelAndTs, channelOfThread } from './message-ids.ts'
import { Body, blankBody } from './posts/body.ts'
import { erasePost } from './posts/erase.ts'
import { findPost, removePost, standingPosts } from './posts/find.ts'
import { owesWithoutNews, planNext } from './posts/plan.ts'
import { leavingAnyway, makeCall } from './posts/post.ts'
import { createProcessAction, createProcessEvent } from './sdk.ts'
import { createSharing } from './sharing.ts'
import { type ListenDeps, type Listening, listenToSlack } from './socket/listen.ts'
import { createTake } from './socket/take.ts'

export interface SlackDeps {
  config: SlackConfig
  installations: Installations
  /** How connections are opened, with an app-level token. */
  socket?: Pick<ListenDeps, 'connect' | 'retryDelay'>
  pictures: SlackPictures
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

/** How fast may be posted in a channel. */
export const postsBudget =
  ({ posts }: Pick<SlackConfig, 'posts'>) =>
  (channel: string): Budget => ({ key: `slack:posts:${channel}`, ...posts })

/** One chat is one thread in its inbox's channel. */
export function createSlackConnector(slack: SlackDeps): {
  connector: Connector
  /** Mounts what Slack calls; events go to `arrivals` before they are answered. */
  mount(app: Hono, arrivals: Pick<Arrivals, 'accept'>): void
  /** The same over a connection that is opened from here. Null: that is not wanted. */
  listen(arrivals: Pick<Arrivals, 'accept'>, missed: () => Promise<unknown>): Listening | null
} {
  const { config, installations, pictures, inboxes, now, logger } = slack
  const sharing = createSharing({
    ...slack,
    api: { channel: async (id, until) => (await installations.ofChannel(id, until)).api.channel(id, until) },
  })
  const workspaceOf = async (channel: string) => (await installations.ofChannel(channel)).workspaces.current()
  const acting = (at: Installation) => ({ ...slack, ...at, workspaceOf })
  const inThread = <T>(thread: string, run: (at: Installation) => Promise<T>) =>
    installations.within(channelOfThread(thread), run)
  /** What was said in a thread that its chat has left belongs to the next one, which may be in another workspace. */
  const whereSaid = <T>({ id }: Pick<InboxItem, 'id'>, run: (at: Installation) => Promise<T>) => inThread(id, run)
  const channels = createChannels(config.channel, inboxes)
  const budget = postsBudget(config)
  const changes: Budget = { key: 'slack:changes', ...config.reads }
  const reads: Budget = { key: 'slack:reads', ...config.reads }
  const planning = { ...slack, channelOf: channels.of, isPlaceOf: channels.areOf, budget, changes }
  const receiving = (arrivals: Pick<Arrivals, 'accept'>) => {
    const hint = (item: InboxItem) =>
      inThread(item.thread, (at) => hintCollision(acting(at), item)).catch((err) => logger.warn({ err }, 'no hint'))
    const handlers = createEventHandlers({
      channels: channels.all,
      sharingChanged: sharing.changed,
      left: installations.left,
      async accept(items) {
        await arrivals.accept(slackDestination.name, items)
        for (const item of items) void hint(item)
      },
    })
    return {
      receive: createProcessEvent(handlers, logger),
      act: actWhereItIs(installations, (at) => createProcessAction(createActions(acting(at)), logger)),
    }
  }
  return {
    connector: {
      ...slackDestination,
      lookBudget: reads,
      budgets: [budget(config.channel), reads, changes],
      pushesContent: true,
      next: (link, events, readLog, brought) => planNext(planning, { link, events, readLog, brought }),
      owes: (link) => owesWithoutNews(planning, link),
      places: channels.named,
      perform(call, link) {
        const [channel, until] = [channelOf(call), installations.deadline()]
        const make = (at: Installation) => makeCall({ ...at, sharing }, call, link, until)
        const perform = () => channels.orElsewhere(channel, () => installations.within(channel, make, until))
        return leavingAnyway(call, link, perform)
      },
      find(call, link) {
        const channel = channelOf(call)
        return channels.orElsewhere(channel, () => installations.within(channel, (at) => findPost(at, call, link)))
      },
      standing: (thread, brought) =>
        channels.apart(channelOfThread(thread), () => inThread(thread, (at) => standingPosts(at, thread, brought))),
      removeTwin: (thread, remoteId) => inThread(thread, (at) => removePost(at, remoteId)),
      erase: (trace, from) =>
        channels.apart(channelOfThread(trace.thread), () => inThread(trace.thread, (at) => erasePost(at, trace, from))),
      eraseBudgets: [changes],
      blank: (body) => blankBody(Body.parse(body)),
      missed: async (remote, after) =>
        remote.thread === undefined
          ? nothing
          : inThread(remote.thread, ({ api }) => missedReplies({ api, now }, remote, after)),
      gone: (item) => inThread(item.thread, (at) => goneReply(at, item)),
      told: (item, told, anew) => whereSaid(item, ({ tellAuthor }) => tellAuthor(item, told, anew)),
      toldBudget: changes,
      understand: (item, inbox = '') =>
        whereSaid(item, (at) => understandMessage({ ...at, pictures, inboxes }, item, inbox)),
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

const nothing: Missed = { items: [], more: false }

const channelOf = (call: FrozenCall): string => Body.parse(call.body).channel
