import type { Connection } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import { EventKey } from '../../contract/ids.ts'
import { eventsOf } from '../../log/events.ts'
import { readKey } from '../../log/read.ts'
import { retryDelay } from '../../platform/backoff.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { MailConfig } from '../../platform/settings.ts'
import type { ChatDeps } from '../chat.ts'
import { postMessage } from '../messages/post-message.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { inTime, sendingMs } from './in-time.ts'
import { type Mail, type Mailer, MailFailure } from './mailer.ts'
import { digest, type Mails, type QueuedMail } from './mails.ts'

/** What a queued mail says now; null when nobody needs it any more. */
export type Compose = (mail: QueuedMail) => Promise<Omit<Mail, 'id' | 'thread' | 'to'> | null>

export interface SendDeps extends Pick<ChatDeps, 'log' | 'limits' | 'now'> {
  connection: Connection
  mails: Mails
  mailer: Mailer
  compose: Record<QueuedMail['what'], Compose>
  times: Pick<MailConfig, 'retryFirst' | 'retryMost' | 'giveUpAfter'>
  logger: Logger
}

const lanes = 3
const mostInARound = 300
/** How long whoever has begun a mail has it for themself: longer than a try, with what is written after it. */
const patienceMs = 2 * sendingMs

/**
 * Sends what is due. A mail whose sender ended between the server's yes and our record of it is sent once more, under the
 * same Message-ID: email is at least once.
 */
export async function sendMails(deps: SendDeps): Promise<void> {
  const due = await deps.mails.due(mostInARound)
  let isServerAway = false
  const lane = async () => {
    for (let mail = due.shift(); mail && !isServerAway; mail = due.shift()) {
      const claimed = await deps.mails.claim(mail, patienceMs)
      if (claimed && (await sendOne(deps, claimed)) === 'away') isServerAway = true
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

const emailedKey = (mail: QueuedMail): EventKey =>
  EventKey.parse(`auto:emailed:${mail.what}:${mail.upTo}:${digest(mail._id)}`)

async function sendOne(deps: SendDeps, mail: QueuedMail): Promise<'done' | 'away'> {
  const isRecorded = await readKey(eventsOf(deps.connection), mail.session, emailedKey(mail))
  if (isRecorded) return finish(deps.mails.sent(mail))
  const content = await deps.compose[mail.what](mail)
  if (!content) return finish(deps.mails.drop(mail))
  const id = digest(`${mail._id}:${mail.upTo}`)
  try {
    await inTime(deps.mailer.send({ ...content, id, thread: digest(mail.session), to: mail.to }))
  } catch (error) {
    return failedToSend(deps, mail, error)
  }
  await record(deps, mail)
  return finish(deps.mails.sent(mail))
}

const finish = async (work: Promise<void>): Promise<'done'> => work.then(() => 'done')

const isErased = (state: SessionSummary, mail: QueuedMail): boolean => state.erasedUpTo >= mail.upTo

async function record(deps: SendDeps, mail: QueuedMail): Promise<void> {
  const { session, what, to, upTo } = mail
  await deps.log.append({
    session,
    key: emailedKey(mail),
    decide: (state) =>
      state
        ? {
            append: {
              type: 'emailed',
              actor: { kind: 'system', rule: 'mail' },
              origin: 'deskbridge',
              // Erased while it was on its way.
              body: { what, to: isErased(state, mail) ? '' : to, upTo },
            },
          }
        : { refuse: new DeskbridgeError('not_found') },
  })
}

async function failedToSend(deps: SendDeps, mail: QueuedMail, error: unknown): Promise<'done' | 'away'> {
  if (!(error instanceof MailFailure)) throw error
  deps.logger.warn({ mail: mail._id, err: error }, 'email not sent')
  const now = deps.now()
  const isTooLate = now - mail.createdAt.getTime() >= deps.times.giveUpAfter
  if (error.kind === 'refused' || isTooLate) {
    const state = await deps.log.state(mail.session)
    if (state && isErased(state, mail)) return finish(deps.mails.drop(mail))
    await tellFailure(deps, mail, error.message)
    return finish(deps.mails.failed(mail))
  }
  const { retryFirst: first, retryMost: most } = deps.times
  await deps.mails.later(mail, now + retryDelay(mail.attempts, { first, most }, Math.random))
  return error.kind === 'away' ? 'away' : 'done'
}

/** Whoever answers must know that the visitor did not get it. */
async function tellFailure(deps: SendDeps, mail: QueuedMail, reason: string): Promise<void> {
  await postMessage(deps, {
    session: mail.session,
    key: EventKey.parse(`auto:mail-failed:${mail.upTo}:${digest(mail._id)}`),
    actor: { kind: 'system', rule: 'mail-failed' },
    content: `The ${mail.what === 'answers' ? 'email with the latest answers' : 'transcript'} could not be delivered to ${mail.to}: ${reason}`,
    internal: true,
    origin: 'deskbridge',
  })
}
