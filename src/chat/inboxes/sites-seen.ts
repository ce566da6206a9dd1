import { type Connection, Schema } from 'mongoose'
import type { Logger } from '../../platform/log-output.ts'

interface Seen {
  /** The inbox's key. */
  _id: string
  origin: string
  at: Date
}

/** A minute more or less tells an administrator nothing. */
const everyMs = 60_000

export const siteSeenModel = (connection: Connection) =>
  connection.model(
    'SiteSeen',
    new Schema({ _id: String, origin: String, at: Date }, { versionKey: false }),
    'sites_seen',
  )

/** On which site an inbox's widget was last loaded, or a chat begun. */
export interface SitesSeen {
  /** `page`: its address or its origin, as a browser names it. */
  note(inbox: string, page: string | undefined): void
  all(): Promise<{ inbox: string; origin: string; at: Date }[]>
}

export function createSitesSeen(deps: {
  connection: Connection
  /** The service's own: its pages are no site. */
  ownOrigin: string
  now(): number
  logger: Logger
}): SitesSeen {
  const { connection, ownOrigin, now, logger } = deps
  const seen = connection.collection<Seen>('sites_seen')
  const noted = new Map<string, number>()
  return {
    note(inbox, page) {
      const origin = page !== undefined && URL.canParse(page) ? new URL(page).origin : ownOrigin
      if (origin === ownOrigin || now() - (noted.get(inbox) ?? 0) < everyMs) return
      noted.set(inbox, now())
      seen
        .updateOne({ _id: inbox }, { $set: { origin, at: new Date(now()) } }, { upsert: true })
        .catch((err: unknown) => logger.warn({ err, inbox }, 'it is not written down that the widget was seen'))
    },
    async all() {
      return (await seen.find().toArray()).map(({ _id: inbox, origin, at }) => ({ inbox, origin, at }))
    },
  }
}
