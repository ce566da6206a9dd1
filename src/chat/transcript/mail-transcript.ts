import type { Identity } from '../../access/tokens.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { ChatDeps } from '../chat.ts'
import type { LinkTo } from '../files/links.ts'
import type { Inboxes } from '../inboxes/inboxes.ts'
import type { Mails } from '../mail/mails.ts'
import type { Compose } from '../mail/send-mails.ts'
import type { MessageStore } from '../messages/message-store.ts'
import { openSession } from '../sessions/open-session.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { aboutChat } from './about.ts'
import type { MailRate } from './mail-rate.ts'
import { makeTranscript } from './make-transcript.ts'
import { htmlRendering } from './render-html.ts'
import { textRendering } from './render-text.ts'
import type { About, Rendering } from './rendering.ts'

/** What stands in the mail itself; a longer transcript is attached. Mailboxes cut what is longer than about 100 kB. Bytes */
const mostInMail = 80_000
/** Bytes of one attachment: what mail servers take. */
const mostAttached = 8_000_000

interface MailDeps {
  /** Null: no mail server is configured. */
  mails: Mails | null
  rate: MailRate
}

/**
 * Queues a transcript for the visitor. Subject and words around it are ours, and nobody can have a chat sent in which nobody
 * of the team has answered: it is of no use for writing to strangers. Throws `mail_not_configured`, `no_address`,
 * `not_answered`, `forbidden`, `rate_limited`.
 */
export async function mailTranscript(
  deps: MailDeps,
  chat: SessionSummary,
  wanted: string | undefined,
  by: { identity: Identity; ip: string | undefined },
): Promise<{ to: string }> {
  if (!deps.mails) throw new DeskbridgeError('mail_not_configured')
  const to = wanted ?? chat.visitor.email
  if (to === undefined) throw new DeskbridgeError('no_address')
  if (by.identity.kind === 'agent' && to !== chat.visitor.email) throw new DeskbridgeError('forbidden')
  if (chat.answered === null) throw new DeskbridgeError('not_answered')
  await deps.rate.take({ session: chat.id, to, ip: by.identity.kind === 'visitor' ? by.ip : undefined })
  await deps.mails.add({ session: chat.id, what: 'transcript', to, upTo: chat.seq }, chat.seq)
  return { to }
}

/** What a visitor may see, whoever asked for it. */
export function composeTranscript(
  deps: Pick<ChatDeps, 'log' | 'pictures'> & { messages: MessageStore; inboxes: Inboxes; linkTo: LinkTo },
): Compose {
  return async ({ session, upTo }) => {
    const chat = await openSession(deps, session)
    const about = { ...(await aboutChat(deps.inboxes, chat)), upTo }
    const { linkTo, pictures } = deps
    const reader = { kind: 'visitor', id: chat.visitor.id, linkTo, pictureAt: pictures.at } as const
    const whole = (rendering: Rendering, most: number) => joined(makeTranscript(deps, about, reader, rendering), most)
    const [text, html] = [await whole(textRendering, mostInMail), await whole(htmlRendering, mostInMail)]
    const shared = { fromName: about.inbox, subject: `Your chat with ${about.inbox}` }
    if (text !== null && html !== null) return { ...shared, text, html }
    return { ...shared, ...(await attached(about, whole)) }
  }
}

async function attached(about: About, whole: (rendering: Rendering, most: number) => Promise<string | null>) {
  const content = (await whole(htmlRendering, mostAttached)) ?? null
  const words =
    content === null
      ? 'This chat is too long for an email. It can be read and downloaded where it was held.'
      : 'The transcript of your chat is attached.'
  const name = `chat-${about.time.iso(about.startedAt).slice(0, 10)}.html`
  const attachments = content === null ? [] : [{ name, contentType: htmlRendering.contentType, content }]
  return { text: `${words}\n`, html: `<p>${words}</p>`, attachments }
}

/** All of it, or null when it is longer than `most` bytes. */
async function joined(pieces: AsyncGenerator<string>, most: number): Promise<string | null> {
  let text = ''
  let bytes = 0
  for await (const piece of pieces) {
    bytes += Buffer.byteLength(piece)
    if (bytes > most) return null
    text += piece
  }
  return text
}
