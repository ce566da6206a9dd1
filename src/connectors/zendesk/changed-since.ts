import type { Connector } from '../../bridge/port/connector.ts'
import type { ZendeskApi } from './api.ts'

/** How far back the first look goes, and one after a downtime of any length: what was active then is looked at anyway. ms */
const lookBackMs = 5 * 60_000
/** A cursor, or, until Zendesk has given one, from when on to ask. */
const fromTime = /^since (\d+)$/

/** Which tickets have changed, by the incremental export: one call for all of them. */
export const createChangedSince =
  (api: Pick<ZendeskApi, 'changedTickets'>, now: () => number): NonNullable<Connector['changedSince']> =>
  async (cursor) => {
    const startTime = Number(fromTime.exec(cursor ?? '')?.[1] ?? Math.floor((now() - lookBackMs) / 1_000))
    const isCursor = cursor !== null && !fromTime.test(cursor)
    const { tickets, next, more } = await api.changedTickets(isCursor ? { cursor } : { startTime })
    return { threads: tickets.map(({ id }) => id), next: next ?? (isCursor ? cursor : `since ${startTime}`), more }
  }
