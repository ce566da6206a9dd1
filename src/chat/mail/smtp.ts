import { createTransport } from 'nodemailer'
import { z } from 'zod'
import { neverReached } from '../../platform/http/never-reached.ts'
import { type Mail, type Mailer, MailFailure } from './mailer.ts'

/** Of one command's answer; of all of a mail. ms */
const patience = { connect: 10_000, answer: 30_000 }
const connections = 3

/** The one file that knows the mail library. */
export function createSmtpMailer({
  url,
  from,
  replyTo,
}: {
  url: string
  from: string
  replyTo?: string | undefined
}): Mailer {
  const transport = createTransport({
    ...serverAt(new URL(url)),
    pool: true,
    maxConnections: connections,
    connectionTimeout: patience.connect,
    greetingTimeout: patience.connect,
    socketTimeout: patience.answer,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = from.slice(from.lastIndexOf('@') + 1)
  return {
    async send(mail) {
      try {
        await transport.sendMail({
          ...written(mail, domain),
          from: { name: plain(mail.fromName), address: from },
          replyTo,
        })
      } catch (error) {
        throw failureOf(error)
      }
    },
    close: () => transport.close(),
  }
}

/** `?requireTLS=true` takes no unencrypted line, `?rejectUnauthorized=false` any certificate. */
const serverAt = ({ protocol, hostname, port, username, password, searchParams }: URL) => ({
  host: hostname.replace(/^\[|\]$/g, ''),
  ...(port && { port: Number(port) }),
  secure: protocol === 'smtps:',
  requireTLS: searchParams.get('requireTLS') === 'true',
  tls: { rejectUnauthorized: searchParams.get('rejectUnauthorized') !== 'false' },
  ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
})

const written = ({ id, thread, to, subject, text, html, attachments = [] }: Mail, domain: string) => ({
  to: { name: '', address: to },
  subject: plain(subject),
  text,
  html,
  messageId: `<${id}@${domain}>`,
  references: `<${thread}@${domain}>`,
  // Other machines are not to answer this one (RFC 3834).
  headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  attachments: attachments.map(({ name, contentType, content }) => ({ filename: name, contentType, content })),
})

/** One line, for a header. */
const plain = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()

const SmtpError = z.object({
  message: z.string(),
  code: z.string().optional(),
  /** Of the network, where the library puts its own in place of it. */
  originalCode: z.string().optional(),
  timeoutType: z.string().optional(),
  command: z.string().optional(),
  responseCode: z.number().optional(),
  response: z.string().optional(),
})
type SmtpError = z.infer<typeof SmtpError>

/** Only what is said of a recipient or of the content is about this mail; a refused sender or password is everybody's. */
function failureOf(error: unknown): MailFailure {
  const known = SmtpError.safeParse(error).data
  const { command = '', responseCode, code } = known ?? {}
  const said = plain(known?.response ?? known?.message ?? String(error)).slice(0, 300)
  const isOfMail = code === 'EENVELOPE' || code === 'EMESSAGE'
  const options = { cause: error, isNotTaken: isNotTaken(known) }
  if (!isOfMail || responseCode === undefined) return new MailFailure('away', said, options)
  const isRefused = responseCode >= 500 && command !== 'MAIL FROM'
  return new MailFailure(isRefused ? 'refused' : 'later', said, options)
}

/** Before a mail is begun there is a connection, its greeting, encryption and sign-in. */
const before = new Set(['EDNS', 'ETLS', 'EAUTH', 'CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT'])

/** The server said no, or was not asked yet. */
const isNotTaken = (
  { responseCode, code = '', timeoutType = '', originalCode }: SmtpError = { message: '' },
): boolean =>
  responseCode !== undefined || before.has(code) || before.has(timeoutType) || neverReached({ code: originalCode })
