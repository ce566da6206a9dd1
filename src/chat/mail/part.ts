import type { Connection } from 'mongoose'
import type { Logger } from '../../platform/log-output.ts'
import type { MailConfig } from '../../platform/settings.ts'
import type { ChatDeps } from '../chat.ts'
import type { ChatPart } from '../part.ts'
import { createMails, type Mails } from './mails.ts'
import { type SendDeps, sendMails } from './send-mails.ts'
import { createSmtpMailer } from './smtp.ts'

/** Null: no mail server is configured. */
export function createOutbox(deps: {
  connection: Connection
  now(): number
  config: { mail: MailConfig }
}): Mails | null {
  return deps.config.mail.url === undefined ? null : createMails(deps)
}

interface MailPartDeps extends Pick<ChatDeps, 'log' | 'limits' | 'now'> {
  connection: Connection
  config: { mail: MailConfig }
  mails: Mails | null
  compose: SendDeps['compose']
  everyMs: number
  logger: Logger
}

/** Sends what is queued, in one process at a time. */
export function mailPart(deps: MailPartDeps): ChatPart {
  const { url, from, replyTo } = deps.config.mail
  const { mails } = deps
  if (mails === null || url === undefined || from === undefined) return {}
  const mailer = createSmtpMailer({ url, from, replyTo })
  const run = () => sendMails({ ...deps, mails, mailer, times: deps.config.mail })
  return {
    sweeps: [{ name: 'mail', everyMs: deps.everyMs, run }],
    async close() {
      mailer.close()
    },
  }
}
