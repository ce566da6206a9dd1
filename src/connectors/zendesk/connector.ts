import type { Hono } from 'hono'
import type { Arrivals } from '../../bridge/port/arrival.ts'
import type { FileBytes, InboxSettings, LinkTo, People, SignIns, Transcripts } from '../../bridge/port/asked.ts'
import type { Budget, LinkView } from '../../bridge/port/call.ts'
import type { Connector, Destination } from '../../bridge/port/connector.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { ZendeskConfig } from '../../platform/settings.ts'
import type { ZendeskApi } from './api.ts'
import { createAuditReader, itemsOf } from './audits.ts'
import { createChangedSince } from './changed-since.ts'
import type { Download } from './download.ts'
import { eraseComment } from './erase.ts'
import { createFields } from './fields.ts'
import { createFind, standingComments } from './find.ts'
import { createMergedInto } from './merged.ts'
import { createPerform } from './perform.ts'
import { Body, blank } from './plan/body.ts'
import type { BudgetsOfTicket } from './plan/comment.ts'
import { planTicket } from './plan/plan-ticket.ts'
import { planUpdate } from './plan/plan-update.ts'
import { zendeskRoutes } from './receiver.ts'
import type { Renewable } from './renewable.ts'
import { sidebarRoutes } from './sidebar/routes.ts'
import type { OurApp } from './sidebar/whose-word.ts'
import { createStaff } from './staff.ts'
import { createUnderstand } from './understand.ts'
import { createUploads } from './uploads.ts'

export const zendeskDestination: Destination = {
  name: 'zendesk',
  wants: new Set([
    'message',
    'message_edited',
    'message_deleted',
    'session_closed',
    'session_reopened',
    'ticket_requested',
    'erased',
    'emailed',
  ]),
  remoteIn: (thread) => ({ thread }),
}

export interface ZendeskDeps {
  config: ZendeskConfig
  api: ZendeskApi
  download: Download
  webhookSecret: Renewable<string>
  ourApp: Renewable<OurApp>
  /** The user whom our credentials act as. */
  ownUser: Renewable<string>
  inboxes: InboxSettings
  people: People
  files: FileBytes
  transcripts: Transcripts
  linkTo: LinkTo
  signIns: SignIns
  filesOrigin: string
  /** Whether Zendesk is to mail the visitor what was said; no, where our own mail server does. */
  mailsInPublic: boolean
  now(): number
  logger: Logger
}

/** One chat session is one ticket, or a row of follow-ups. */
export function createZendeskConnector(deps: ZendeskDeps): {
  connector: Connector
  mount(app: Hono, arrivals: Arrivals): void
} {
  const {
    api,
    download,
    config,
    webhookSecret,
    inboxes,
    people,
    files,
    transcripts,
    linkTo,
    mailsInPublic,
    now,
    logger,
  } = deps
  const requests: Budget = { key: 'zendesk:requests', ...config.requests }
  const fields = createFields(api, { session: config.sessionField, user: config.userField })
  const auditsAfter = createAuditReader(api)
  const find = createFind({ api, auditsAfter, now, logger })
  const mergedInto = createMergedInto({ api, auditsAfter })
  const staff = createStaff({ api, people, now })
  const uploads = createUploads({ api, files, transcripts, logger })

  const fieldsWithAnswers = async () => {
    const fields = (await inboxes.list()).flatMap(({ zendesk }) => zendesk.fields)
    return [...new Set(fields.map(({ id }) => id))]
  }

  const updates: Budget = { key: 'zendesk:updates', ...config.updates }
  const budgetsOf = (link: LinkView): BudgetsOfTicket => ({
    create: [requests],
    update: [{ key: `zendesk:ticket:${link.remote.thread}`, ...config.ticketUpdates }, updates, requests],
  })

  const connector: Connector = {
    ...zendeskDestination,
    urlOf: (ticket) => new URL(`/agent/tickets/${ticket}`, config.url).href,
    lookBudget: requests,
    budgets: [requests, updates],

    async next(link, events, readLog) {
      const options = { budgets: budgetsOf(link), readLog, linkTo, inboxes, mailsInPublic }
      return link.remote.thread === undefined ? planTicket(events, link, options) : planUpdate(events, link, options)
    },

    perform: createPerform({ api, fields, staff, uploads, find, mergedInto, now, logger }),
    find: (call, link) => api.inTime(() => find(call, link)),

    standing: (thread, brought) => api.inTime(() => standingComments(auditsAfter, thread, brought)),

    async removeTwin(_thread, remoteId) {
      // Updates are compare-and-swap and creation is idempotent: a twin can only be a defect, and is not for us to redact.
      logger.error({ remoteId }, 'two comments carry one marker')
    },

    erase: (trace, from) => api.inTime(() => eraseComment({ api, auditsAfter, fieldsWithAnswers }, trace, from)),
    eraseBudgets: [requests],
    blank: (body) => blank(Body.parse(body)),

    async missed({ thread, guestSince = null }, after) {
      if (thread === undefined) return { items: [], more: false }
      for await (const page of auditsAfter(thread, laterOf(after, guestSince))) {
        const items = itemsOf(thread, page)
        if (items.length > 0) return { items, more: page.more }
      }
      return { items: [], more: false }
    },

    changedSince: createChangedSince(api, now),

    understand: createUnderstand({ api, download }),
  }

  return {
    connector,
    mount(app, arrivals) {
      const { signIns, filesOrigin, ourApp, ownUser } = deps
      app.route(
        '/connectors/zendesk/sidebar',
        sidebarRoutes({ url: config.url, app: ourApp, api, signIns, filesOrigin, now, logger }),
      )
      app.route(
        '/connectors/zendesk',
        zendeskRoutes({ name: zendeskDestination.name, secret: webhookSecret, ownUser, arrivals, now, logger }),
      )
    },
  }
}

/** Of two orders in which audits sort. */
const laterOf = (a: string | null, b: string | null): string | null => ((a ?? '') > (b ?? '') ? a : b)
