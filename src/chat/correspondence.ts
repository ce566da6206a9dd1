import type { Redis } from 'ioredis'
import type { Connection } from 'mongoose'
import { createResumeTokens } from '../access/resume-tokens.ts'
import type { Tokens } from '../access/tokens.ts'
import type { Who } from '../access/who.ts'
import type { TrustedProxies } from '../platform/http/client-ip.ts'
import type { Logger } from '../platform/log-output.ts'
import type { Config } from '../platform/settings.ts'
import type { ChatDeps } from './chat.ts'
import { linksOf } from './files/links.ts'
import type { Inboxes } from './inboxes/inboxes.ts'
import { createOutbox, mailPart } from './mail/part.ts'
import { wayOfAnswers } from './mail/way-of-answers.ts'
import type { MessageStore } from './messages/message-store.ts'
import type { ChatPart } from './part.ts'
import type { Presence } from './presence/presence.ts'
import { createMailRate } from './transcript/mail-rate.ts'
import { composeTranscript } from './transcript/mail-transcript.ts'
import { transcriptPart } from './transcript/routes.ts'
import { composeAnswers } from './visitor-left/compose-answers.ts'
import { visitorLeftPart } from './visitor-left/part.ts'

interface CorrespondenceDeps extends ChatDeps {
  connection: Connection
  redis: Redis
  config: Config
  tokens: Tokens
  who: Who
  messages: MessageStore
  inboxes: Inboxes
  presence: Presence
  trustedProxies: TrustedProxies
  logger: Logger
}

/** What of a chat is taken away or sent after its visitor: transcripts, and answers that they missed. */
export function correspondence(options: CorrespondenceDeps): ChatPart[] {
  const { config, redis, limits, now } = options
  const deps = { ...options, linkTo: linksOf(config, now).lasting(config.files.deliveredLinkLife) }
  const { mail, secret, previousSecret: previous } = config
  const mails = createOutbox(deps)
  const resumeTokens = createResumeTokens({ secret, previous }, mail.linkLifetime, now)
  const everyMs = config.times.sweepMail
  const compose = {
    transcript: composeTranscript(deps),
    answers: composeAnswers({ ...deps, resumeTokens, publicUrl: config.publicUrl, replyTo: mail.replyTo }),
  }
  return [
    transcriptPart({ ...deps, mails, mailRate: createMailRate({ redis, prefix: config.redisPrefix, limits }) }),
    mailPart({ ...deps, mails, compose, everyMs }),
    visitorLeftPart({ ...deps, mails, resumeTokens, way: wayOfAnswers(config), times: mail, everyMs }),
  ]
}
