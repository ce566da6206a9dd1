import type { MiddlewareHandler } from 'hono'
import type { Identity } from '../../access/tokens.ts'
import type { Who } from '../../access/who.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { Inbox } from '../../contract/inbox.ts'
import type { ChatDeps } from '../chat.ts'
import type { Inboxes } from './inboxes.ts'
import type { SitesSeen } from './sites-seen.ts'

type OfInbox = Pick<Inbox, 'allowedOrigins'> & { key?: string }

/** Which websites may speak for the visitors of an inbox. `origin`: as a browser names it; an app or a server names none. */
export interface Sites {
  /** Throws `forbidden`. */
  mustAllow(inbox: OfInbox, origin: string | undefined): void
  /** The same for the inbox of the chat that a visitor's token opens; agents are not bound to a site. */
  mustAllowVisitor(identity: Identity, origin: string | undefined): Promise<void>
}

export function createSites(deps: {
  log: ChatDeps['log']
  inboxes: Pick<Inboxes, 'find'>
  /** The service's own, from which the widget's frame speaks; which sites may embed that frame is told to the browser. */
  ownOrigin: string
  seen: Pick<SitesSeen, 'note'>
}): Sites {
  const isSite = (origin: string | undefined): origin is string => origin !== undefined && origin !== deps.ownOrigin
  const mustAllow = (inbox: OfInbox, origin: string | undefined) => {
    if (isSite(origin) && !allowsOrigin(inbox, origin)) throw new DeskbridgeError('forbidden', { message: notAllowed })
    if (inbox.key !== undefined) deps.seen.note(inbox.key, origin)
  }
  return {
    mustAllow,
    async mustAllowVisitor(identity, origin) {
      if (identity.kind !== 'visitor' || !isSite(origin)) return
      const chat = await deps.log.state(identity.session)
      // A chat that is not there has nothing to keep from anybody.
      if (chat) mustAllow((await deps.inboxes.find(chat.inbox)) ?? { allowedOrigins: [] }, origin)
    },
  }
}

const notAllowed = 'This website is not among those that the inbox allows.'

const allowsOrigin = ({ allowedOrigins }: OfInbox, origin: string): boolean =>
  allowedOrigins.includes('*') || allowedOrigins.includes(origin)

/** The same of the address of a page. */
export const allowsPage = (inbox: OfInbox, page: string | undefined): boolean =>
  page !== undefined && URL.canParse(page) && allowsOrigin(inbox, new URL(page).origin)

/** Stands before everything that a visitor's token opens over HTTP, so that no route can forget to ask. */
export const onlyAllowedSites =
  (deps: { sites: Sites; who: Who }): MiddlewareHandler =>
  async (c, next) => {
    const origin = c.req.header('origin')
    const identity = origin === undefined ? null : await deps.who.identity(c).catch(() => null)
    if (identity) await deps.sites.mustAllowVisitor(identity, origin)
    await next()
  }
