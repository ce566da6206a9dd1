import type { ResumeTokens } from '../../access/resume-tokens.ts'
import type { ChatDeps } from '../chat.ts'
import type { LinkTo } from '../files/links.ts'
import type { Inboxes } from '../inboxes/inboxes.ts'
import type { Compose } from '../mail/send-mails.ts'
import type { MessageNow } from '../messages/message-now.ts'
import type { MessageStore } from '../messages/message-store.ts'
import type { Presence } from '../presence/presence.ts'
import { messageFor } from '../realtime/project-for.ts'
import type { Reader } from '../realtime/reader.ts'
import { openSession } from '../sessions/open-session.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { aboutChat } from '../transcript/about.ts'
import type { LocalTime } from '../transcript/local-time.ts'
import { plainName } from '../transcript/rendering.ts'
import { type AnswersMail, answersHtml, answersText } from './answers-mail.ts'
import { missedAnswers } from './missed-answers.ts'

interface ComposeDeps extends Pick<ChatDeps, 'log' | 'pictures'> {
  messages: MessageStore
  inboxes: Inboxes
  presence: Presence
  resumeTokens: ResumeTokens
  linkTo: LinkTo
  publicUrl: string
  replyTo: string | undefined
}

/** The answers that the visitor still does not know, with a link back; null once they have read them or are back. */
export function composeAnswers(deps: ComposeDeps): Compose {
  return async ({ session, upTo, to }) => {
    const state = await openSession(deps, session)
    const [where] = await deps.presence.whereabouts([`visitor:${session}`])
    if (where?.kind === 'here' || state.visitor.email !== to) return null
    const missed = await missedAnswers(deps, state, upTo)
    if (missed.length === 0) return null
    const { inbox, time } = await aboutChat(deps.inboxes, state)
    const { linkTo, pictures } = deps
    const reader = { kind: 'visitor', id: state.visitor.id, linkTo, pictureAt: pictures.at } as const
    const answers = missed.map((answer) => shownTo(answer, reader, time))
    const mail: AnswersMail = { answers, link: await linkFor(deps, state, to), isRead: deps.replyTo !== undefined }
    return {
      fromName: inbox,
      subject: `New answer in your chat with ${inbox}`,
      text: answersText(mail),
      html: answersHtml(mail),
    }
  }
}

function shownTo(answer: MessageNow, reader: Reader, time: LocalTime) {
  const { at } = answer.event
  const { senderName, content, file } = messageFor(answer, reader)
  return {
    heading: `${plainName(senderName ?? 'Support')} · ${time.day(at)}, ${time.clock(at)}`,
    text: [content, file && `[file: ${plainName(file.name)}] ${file.url}`].filter(Boolean).join('\n'),
  }
}

/** The token stands behind the `#`: no server, ours included, writes it into a log. */
async function linkFor(
  deps: ComposeDeps,
  { id, epoch, inbox, visitor }: SessionSummary,
  address: string,
): Promise<string> {
  const token = await deps.resumeTokens.sign({ visitor: visitor.id, session: id, epoch, address })
  return `${deps.publicUrl.replace(/\/$/, '')}/widget/frame?${new URLSearchParams({ inbox, chat: id })}#${token}`
}
