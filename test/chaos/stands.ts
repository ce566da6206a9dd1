import { channel, json, type SlackMessage, startStandIns, type Ticket } from '../support/world.ts'
import type { Clock } from './clock.ts'

/** Where the threads of the two inboxes are. */
export const channels = { default: channel, shop: 'C0SUPPORT02' } as const
export type InboxName = keyof typeof channels
export type StandName = 'slack' | 'zendesk'

export interface Thread {
  root: SlackMessage
  replies: SlackMessage[]
}

export interface SeenTicket extends Ticket {
  external_id: string
  deleted: boolean
}

/** What stands at the remotes, by session, oldest first. */
export interface Everything {
  threads: ReadonlyMap<string, readonly Thread[]>
  tickets: ReadonlyMap<string, readonly SeenTicket[]>
}

/** Slack and Zendesk, what their people see and do there, and what can go wrong on their side. */
export async function startStands(options: { url: string; factor: number; clock: Clock }) {
  const { url, factor, clock } = options
  const { slack, zendesk } = await startStandIns({ url, factor, now: clock.now })
  const urls = { slack: slack.url, zendesk: zendesk.url }
  const at = <T>(stand: StandName, path: string, init?: Parameters<typeof json>[1]) =>
    json<T>(`${urls[stand]}/sandbox${path}`, init)
  await at('slack', '/state', { method: 'PUT', body: { joined: [channels.shop] } })

  const threadsIn = (channel: string) => at<Thread[]>('slack', `/channels/${channel}`)

  return {
    urls,
    /** All that stands there, by session: read at once, because there is much of it. */
    async everything(): Promise<Everything> {
      const threads = (await Promise.all(Object.values(channels).map(threadsIn))).flat()
      const tickets = await at<SeenTicket[]>('zendesk', '/tickets?deleted')
      return {
        threads: Map.groupBy(threads, ({ root: { metadata } }) => String(metadata?.event_payload.session)),
        tickets: Map.groupBy(tickets, ({ external_id: session }) => session),
      }
    },
    reply: (inbox: InboxName, root: string, text: string) =>
      at<{ ts: string }>('slack', `/threads/${channels[inbox]}/${root}/replies`, { method: 'POST', body: { text } }),
    remove: (inbox: InboxName, ts: string) => at('slack', `/messages/${channels[inbox]}/${ts}`, { method: 'DELETE' }),
    /** All that a session ever had, oldest first. */
    tickets: (session: string) => at<SeenTicket[]>('zendesk', `/tickets?deleted&external_id=${session}`),
    comment: (ticket: number, body: string) =>
      at<{ id?: number }>('zendesk', `/tickets/${ticket}/comments`, { method: 'POST', body: { body } }),
    closeTicket: (ticket: number) => at('zendesk', `/tickets/${ticket}`, { method: 'PUT', body: { status: 'closed' } }),
    deleteTicket: (ticket: number) => at('zendesk', `/tickets/${ticket}`, { method: 'DELETE' }),
    state: (stand: StandName, state: Record<string, unknown>) => at(stand, '/state', { method: 'PUT', body: state }),
    faults: (stand: StandName, rules: readonly Record<string, unknown>[]) =>
      at(stand, '/faults', { method: 'PUT', body: rules }),
    noFaults: (stand: StandName) => at(stand, '/faults', { method: 'DELETE' }),
    /** How often each rule was met, and how many calls it holds. */
    met: (stand: StandName) => at<{ id: string; hit: number; held: number }[]>(stand, '/faults'),
    release: (stand: StandName, id: string, how: 'go_on' | 'drop') =>
      at(stand, '/faults/release', { method: 'POST', body: { id, how } }),
    stop: () => Promise.all([slack.stop(), zendesk.stop()]),
  }
}

export type Stands = Awaited<ReturnType<typeof startStands>>
