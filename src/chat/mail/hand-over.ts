import type { HandedOver } from '../../platform/handed-over.ts'
import type { MailConfig } from '../../platform/settings.ts'
import { inTime } from './in-time.ts'
import { type Mail, MailFailure } from './mailer.ts'
import { createSmtpMailer } from './smtp.ts'

/** Mails to the team, which are of no chat: whoever sends them keeps in mind what became of each. */
export interface TeamMails {
  handOver(mail: Mail): Promise<HandedOver>
  close(): void
}

/** Null: no mail server is configured. */
export function createTeamMails({ url, from, replyTo }: MailConfig): TeamMails | null {
  if (url === undefined || from === undefined) return null
  const mailer = createSmtpMailer({ url, from, replyTo })
  return {
    async handOver(mail) {
      try {
        await inTime(mailer.send(mail))
        return { kind: 'taken' }
      } catch (error) {
        if (!(error instanceof MailFailure)) throw error
        return { kind: kindOf(error), problem: error.message }
      }
    },
    close: mailer.close,
  }
}

const kindOf = ({ kind, isNotTaken }: MailFailure) =>
  kind === 'refused' ? 'refused' : isNotTaken ? 'not_taken' : 'unsure'
