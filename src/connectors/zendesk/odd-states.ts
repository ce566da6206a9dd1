import type { SessionId } from '../../contract/ids.ts'
import type { Logger } from '../../platform/log-output.ts'
import { ZendeskError } from './transport.ts'

interface OddState {
  /** `info`: it happens every day. `warn`: somebody should look at it. */
  level: 'info' | 'warn'
  /** What is so, and what becomes of the chat. */
  said: string
  /** For an administrator. */
  todo: string
}

const account = 'Compare what `about` names with the account'

/** What may become of a ticket, or of its requester, in Zendesk: each has an outcome, and a line in the log. */
export const oddStates = {
  closed: {
    level: 'info',
    said: 'ticket closed: the chat goes on in a follow-up',
    todo: 'Nothing. Zendesk closes solved tickets for good after some days; the follow-up names the old one.',
  },
  deleted: {
    level: 'info',
    said: 'ticket deleted or marked as spam: the chat goes on in a new one',
    todo: 'Nothing. To keep somebody out, block them in Deskbridge: neither of the two ends a chat.',
  },
  merged: {
    level: 'info',
    said: 'ticket merged: the chat goes on in the other one',
    todo: 'Nothing. If another chat lives in the other ticket, this one goes on in a follow-up.',
  },
  merged_anywhere: {
    level: 'warn',
    said: 'ticket merged, and nothing says into which: the chat goes on in a follow-up',
    todo: 'Leave the number of the other ticket in the comment that Zendesk proposes when tickets are merged.',
  },
  full: {
    level: 'warn',
    said: 'ticket full: the chat goes on in another one',
    todo: 'Nothing. Zendesk takes no more than 5,000 comments in a ticket.',
  },
  suspended: {
    level: 'warn',
    said: 'requester refused: the chat goes on in a new ticket',
    todo: 'Unsuspend the requester in Zendesk, or block the visitor in Deskbridge.',
  },
  unsolved: {
    level: 'warn',
    said: 'status or assignee refused: bringing the comment alone',
    todo: 'Fill the ticket fields that `about` names by the inbox’s `zendesk.fields`; for an assignee, turn on “Auto-assign tickets upon solve”.',
  },
  refused: {
    level: 'warn',
    said: 'comment refused: another line keeps its place',
    todo: `${account}: it does not take the comment for that. What was said is in Deskbridge.`,
  },
  without_status: {
    level: 'warn',
    said: 'ticket refused: making it without its status and an assignee',
    todo: 'Fill the ticket fields that `about` names by the inbox’s `zendesk.fields`, or let chats not solve their tickets (`statusAfter.closing`).',
  },
  without_settings: {
    level: 'warn',
    said: 'ticket refused: making it without the inbox’s brand, group, form, priority and fields',
    todo: `${account}: one of the inbox’s \`zendesk\` settings is gone there, or takes no such value.`,
  },
  without_email: {
    level: 'warn',
    said: 'ticket refused: making it without the visitor’s email',
    todo: 'If the user of that address is suspended in Zendesk: unsuspend them, or block the visitor in Deskbridge.',
  },
  without_requester: {
    level: 'warn',
    said: 'ticket refused: making it in Deskbridge’s own name',
    todo: 'The visitor’s user is suspended in Zendesk: unsuspend them, or block the visitor in Deskbridge.',
  },
} as const satisfies Record<string, OddState>
export type OddStateName = keyof typeof oddStates

export interface Facts {
  session: SessionId
  ticket?: string
  err?: unknown
}

/** One line for an administrator: what is so, what became of it, and what they may do. */
export function tell(logger: Logger, state: OddStateName, facts: Facts): void {
  const { level, said, todo }: OddState = oddStates[state]
  const about = facts.err instanceof ZendeskError ? facts.err.refusal.about : []
  logger[level]({ state, todo, ...facts, ...(about.length > 0 && { about }) }, said)
}
