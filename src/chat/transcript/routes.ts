import { type Context, Hono } from 'hono'
import type { Who } from '../../access/who.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { MailAccepted, MailTranscript } from '../../contract/mail.ts'
import { parseInput } from '../../contract/parse.ts'
import { type TranscriptFormat, TranscriptQuery } from '../../contract/transcript.ts'
import { jsonBody } from '../../platform/http/body.ts'
import { clientIp, type TrustedProxies } from '../../platform/http/client-ip.ts'
import { describe } from '../../platform/http/describe.ts'
import type { ChatDeps } from '../chat.ts'
import type { LinkTo } from '../files/links.ts'
import type { Inboxes } from '../inboxes/inboxes.ts'
import type { Mails } from '../mail/mails.ts'
import type { MessageStore } from '../messages/message-store.ts'
import type { ChatPart } from '../part.ts'
import { readsAs } from '../realtime/identity.ts'
import type { Reader } from '../realtime/reader.ts'
import { mayRead, mayReadByKey } from '../sessions/may-read.ts'
import { aboutChat } from './about.ts'
import type { MailRate } from './mail-rate.ts'
import { mailTranscript } from './mail-transcript.ts'
import { makeTranscript } from './make-transcript.ts'
import { htmlPolicy, htmlRendering } from './render-html.ts'
import { jsonRendering } from './render-json.ts'
import { textRendering } from './render-text.ts'
import type { About, Renderings } from './rendering.ts'

const renderings: Renderings = { txt: textRendering, html: htmlRendering, json: jsonRendering }

interface TranscriptDeps extends ChatDeps {
  messages: MessageStore
  inboxes: Inboxes
  who: Who
  /** Links that hold as long as what is taken away may be read. */
  linkTo: LinkTo
  /** Null: no mail server is configured. */
  mails: Mails | null
  mailRate: MailRate
  trustedProxies: TrustedProxies
}

/** `/api/chat/sessions/:id/transcript`, to read and by email. */
export const transcriptPart = (deps: TranscriptDeps): ChatPart => ({
  mount: (app) => app.route('/api/chat/sessions', transcriptRoutes(deps)),
})

function transcriptRoutes(deps: TranscriptDeps): Hono {
  const routes = new Hono()
  routes.get(
    '/:id/transcript',
    describe({
      tag: 'chats',
      summary: 'What was said in a chat, as a file of text, HTML or JSON.',
      description:
        'Times are in the visitor’s time zone unless `timeZone` names another. Notes only with `internal=true`, for agents.',
      scope: 'chats:read',
      query: TranscriptQuery,
      answers: { 200: 'The transcript; with `format=json` an object with `sessionId`, `timeZone` and `lines`.' },
      errors: ['not_found', 'forbidden'],
    }),
    async (c) => {
      const { summary, identity } = await mayReadByKey(deps, c, 'chats:read')
      const { token: _token, ...query } = c.req.query()
      const { format, timeZone, internal } = parseInput(TranscriptQuery, query)
      const by = readsAs(identity)
      if (internal && by.kind !== 'agent') throw new DeskbridgeError('forbidden')
      const about = await aboutChat(deps.inboxes, summary, timeZone)
      const whose = internal ? by : ({ kind: 'visitor', id: summary.visitor.id } as const)
      const { linkTo, pictures } = deps
      const reader: Reader = { kind: whose.kind, id: whose.id, linkTo, pictureAt: pictures.at }
      return download(c, format, about, makeTranscript(deps, about, reader, renderings[format]))
    },
  )

  routes.post(
    '/:id/transcript/email',
    describe({
      tag: 'chats',
      summary: 'Sends the transcript by email: to the visitor’s address, or for a visitor to the one they name.',
      body: MailTranscript,
      answers: { 202: MailAccepted },
      errors: ['not_found', 'forbidden', 'mail_not_configured', 'no_address', 'not_answered', 'rate_limited'],
    }),
    async (c) => {
      const { summary, identity } = await mayRead(deps, c)
      const { to } = await jsonBody(c, MailTranscript)
      const by = { identity, ip: clientIp(c, deps.trustedProxies) }
      return c.json(await mailTranscript({ mails: deps.mails, rate: deps.mailRate }, summary, to, by), 202)
    },
  )
  return routes
}

function download(c: Context, format: TranscriptFormat, about: About, text: AsyncGenerator<string>): Response {
  const name = `chat-${about.time.iso(about.startedAt).slice(0, 10)}-${about.sessionId.slice(-6)}.${format}`
  c.header('content-type', renderings[format].contentType)
  c.header('content-disposition', `attachment; filename="${name}"`)
  c.header('content-security-policy', htmlPolicy)
  c.header('cache-control', 'private, no-store')
  return c.body(bytesOf(text))
}

/** Pulled piece by piece: a reader who takes nothing off the line holds up the reading of the log. */
function bytesOf(text: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await text.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await text.return(undefined)
    },
  })
}
