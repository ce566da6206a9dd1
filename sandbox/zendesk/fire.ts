import type { Account, Ticket } from './account.ts'
import type { Written } from './changes.ts'
import type { Condition, Rules, Trigger } from './rules.ts'

/** An email that a trigger sent. */
export interface Mail {
  ticket: number
  to: string
  subject: string
  /** The comment that it brings; null: none was written. */
  text: string | null
  trigger: string
}

interface Happened extends Written {
  before: Ticket | null
}

/** What the account does by itself when a ticket was written to: its active triggers, in their order. */
export function createFire(deps: {
  account: Account
  rules: Rules
  ring(webhook: string, body: string): void
  mailed(mail: Mail): void
}) {
  const { account, rules } = deps

  const act = (trigger: Trigger, { ticket, audit }: Happened) => {
    for (const { field, value } of trigger.actions) {
      const [target, subject] = Array.isArray(value) ? value : []
      if (field === 'notification_webhook') deps.ring(String(target), filled(String(subject), ticket))
      const isRequester = target === 'requester_and_ccs' || target === 'requester_id'
      const to = account.users.get(ticket.requester_id)?.email
      if (field === 'notification_user' && isRequester && to)
        deps.mailed({
          ...{ ticket: ticket.id, to, subject: String(subject), trigger: trigger.title },
          text: audit.comment?.public ? audit.comment.body : null,
        })
    }
  }

  return (happened: Happened): void => {
    const holds = (condition: Condition) => isTrue(condition, happened, account)
    for (const trigger of rules.triggers.values()) {
      const { all, any } = trigger.conditions
      if (trigger.active && all.every(holds) && (any.length === 0 || any.some(holds))) act(trigger, happened)
    }
  }
}

const filled = (body: string, ticket: Ticket): string => body.replaceAll('{{ticket.id}}', String(ticket.id))

function isTrue({ field, operator, value }: Condition, happened: Happened, account: Account): boolean {
  const { ticket, audit, before } = happened
  const words = String(value).split(' ')
  switch (field) {
    case 'update_type':
      return (before === null ? 'Create' : 'Change') === value
    case 'comment_is_public':
      return value === 'not_relevant' ? audit.comment !== null : String(audit.comment?.public ?? null) === value
    case 'current_tags':
      return words.some((word) => ticket.tags.includes(word)) === (operator === 'includes')
    case 'role':
      return (account.users.get(audit.author_id)?.role === 'end-user' ? 'end_user' : 'agent') === value
    case 'status':
      if (operator === 'changed') return before?.status !== ticket.status
      return (ticket.status === value) === (operator === 'is')
    case 'assignee_id':
      return operator === 'changed' && before !== null && before.assignee_id !== ticket.assignee_id
    default:
      throw new Error(`the stand-in knows no condition on ${field}`)
  }
}
