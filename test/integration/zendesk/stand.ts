import { afterEach } from 'vitest'
import type { z } from 'zod'
import { startZendesk } from '../../../sandbox/zendesk/start.ts'
import type { FrozenCall, LinkView, Receipt } from '../../../src/bridge/port/call.ts'
import { RemoteFailure } from '../../../src/bridge/port/failure.ts'
import { openZendesk } from '../../../src/connectors/zendesk/open.ts'
import { setUp } from '../../../src/connectors/zendesk/setup/set-up.ts'
import type { LogEvent } from '../../../src/contract/event.ts'
import type { FileId } from '../../../src/contract/ids.ts'
import type { TicketSettings } from '../../../src/contract/inbox.ts'
import { until } from '../../../stores/process.ts'
import { configFor, connectorAt, oauth, webhookSecret } from './account.ts'
import { aLink, readOf, session } from './events.ts'
import { anInbox } from './planning.ts'

export const stops: (() => Promise<void>)[] = []
export const stopAfterEach = () =>
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop()
  })

/** A connector on a stand-in of Zendesk, over real HTTP. */
export async function aStand(
  options: {
    timeoutMs?: number
    zendesk?: z.input<typeof TicketSettings>
    files?: ReadonlyMap<FileId, Uint8Array>
  } = {},
) {
  const stand = await startZendesk({ port: 0, ...oauth, webhookSecret, factor: 1 })
  stops.push(stand.stop)
  const inbox = anInbox({ zendesk: options.zendesk })
  const { connector, mount, logged } = connectorAt(stand.url, { ...options, inbox, now: Date.now })
  const put = (path: string, body: unknown, method = 'PUT') =>
    fetch(`${stand.url}${path}`, {
      method,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
  const read = async (path: string) => (await fetch(`${stand.url}${path}`)).json()
  let link: LinkView = aLink()

  return {
    connector,
    mount,
    logged,
    link: () => link,
    put,
    faults: (rules: readonly object[]) => put('/sandbox/faults', rules),
    tickets: () => read(`/sandbox/tickets?external_id=${session}`),
    /** The account's own as well. */
    all: () => read('/sandbox/tickets'),
    ticketOf: (id: number) => read(`/sandbox/tickets/${id}`),
    mails: () => read('/sandbox/mails'),
    /** So that the ticket's stamp, which has whole seconds, shows what happens next. */
    laterSecond: () => until(() => Date.now() >= Number(link.remote.stampAt) + 1_050, 5_000),
    async setUp() {
      const config = configFor(stand.url, oauth)
      const account = openZendesk(config, { publicUrl: stand.url, times: { callTimeout: 5_000 }, now: Date.now })
      await Array.fromAsync(setUp(account.pieces))
    },
    /** Makes a call at the time that it may be made at, which the stamps' whole seconds make a real wait. */
    async perform(call: FrozenCall): Promise<Receipt> {
      await until(() => Date.now() >= (call.notBefore ?? 0), 5_000)
      return connector.perform(call, link)
    },
    async form(log: readonly LogEvent[], marker: string): Promise<FrozenCall> {
      const events = log.filter((event) => event.seq > link.cursor)
      const next = await connector.next(link, events, readOf(log), async () => [])
      if (!next) throw new Error('nothing to bring')
      return { ...next, marker, startedAt: Date.now() }
    },
    record(call: FrozenCall, { remote }: Receipt) {
      link = { ...link, remote, cursor: call.to }
    },
    async bring(log: readonly LogEvent[], marker: string) {
      const call = await this.form(log, marker)
      this.record(call, await this.perform(call))
    },
    /** As `bring`, where the first try finds that the chat has to go on elsewhere. */
    async bringElsewhere(log: readonly LogEvent[], marker: string) {
      const call = await this.form(log, `${marker}-refused`)
      const remote = await remoteAfter(this.perform(call))
      link = { ...link, remote }
      await this.bring(log, marker)
    },
  }
}

/** What a failed call says that the link is to be repaired with. */
export const remoteAfter = (work: Promise<unknown>): Promise<LinkView['remote']> =>
  work.then(
    () => Promise.reject(new Error('the call succeeded')),
    (error: unknown) => {
      if (error instanceof RemoteFailure && error.failure.kind === 'repair') return error.failure.remote
      throw error
    },
  )
