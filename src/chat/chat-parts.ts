import { forgetInAudit } from '../access/audit/entries.ts'
import { forgetAnswers } from '../access/once/answers.ts'
import { abusePart } from './abuse/routes.ts'
import { agentsPart } from './agents/part.ts'
import { alertsPart } from './alerts/part.ts'
import { createAutomation } from './automation/automation.ts'
import { createWhoIsThere } from './automation/who-is-there.ts'
import { cannedPart } from './canned/routes.ts'
import type { ChatServices } from './chat-services.ts'
import { correspondence } from './correspondence.ts'
import { forgetCustomer } from './identity/forget-customer.ts'
import { identityPart } from './identity/routes.ts'
import { adminInboxRoutes, inboxRoutes } from './inboxes/routes.ts'
import { listsPart } from './lists/part.ts'
import { forgetMails } from './mail/mails.ts'
import type { ChatPart } from './part.ts'
import type { Eraser } from './privacy/eraser.ts'
import { privacyPart } from './privacy/part.ts'
import type { Streams } from './realtime/stream.ts'
import { searchPart } from './search/routes.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { timeOutSessions } from './sessions/time-out.ts'
import { ticketPart } from './ticket/part.ts'

/** What each folder adds; a feature goes with its line here. */
export function createParts(services: ChatServices & { streams: Streams }): readonly ChatPart[] {
  const { config, connection, log, now, files, pictures, identities, assignment } = services
  const { times } = config

  /** Copies of what people wrote that are neither the log nor made of it. */
  const erasers: readonly Eraser[] = [
    { name: 'files', erase: ({ session, at }) => files.removeOf(session, at) },
    { name: 'mails', erase: ({ session }) => forgetMails(connection, session) },
    { name: 'answers', erase: ({ session }) => forgetAnswers(connection, session) },
    { name: 'audit', erase: ({ session }) => forgetInAudit(connection, session) },
    { name: 'identity', erase: ({ session }) => forgetCustomer({ ...services, ...identities }, session) },
    ...services.erasers,
  ]

  return [
    {
      sweeps: times.sweepRecent.map(({ every: everyMs, window }) => ({
        name: `projections of ${window} ms`,
        everyMs,
        run: () => log.projectRecent(new Date(now() - window)),
      })),
    },
    {
      mount: (app) => app.route('/api/chat/sessions', sessionRoutes(services)),
      sweeps: [{ name: 'sessions', everyMs: times.sweepSessions, run: () => timeOutSessions(services) }],
    },
    {
      mount: (app) =>
        app.route('/api/chat/inboxes', inboxRoutes(services)).route('/api/admin/inboxes', adminInboxRoutes(services)),
    },
    privacyPart({ ...services, erasers }, times),
    ...correspondence(services),
    listsPart(services),
    searchPart(services),
    identityPart(services),
    cannedPart(services),
    agentsPart({ ...services, sweepMs: times.sweepAgents }),
    abusePart(services),
    files.part,
    pictures.part,
    assignment,
    ticketPart(services, { isConnected: config.zendesk !== undefined, sweepMs: times.sweepSessions }),
    alertsPart(services, { isConnected: config.slack !== undefined, sweepMs: times.sweepSessions }),
    createAutomation({ ...services, whoIsThere: createWhoIsThere(services), sweepMs: times.sweepSessions }),
  ]
}
