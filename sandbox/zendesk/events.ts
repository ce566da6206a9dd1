import { randomUUID } from 'node:crypto'
import { documented } from '../fixtures/load.ts'
import type { Account, Ticket } from './account.ts'
import type { Written } from './changes.ts'

/** What is told of each change of a ticket to webhooks that subscribe to events. */
export function createEvents(deps: { account: Account; tell(type: string, body: string): void }) {
  const say = (name: string, { ticket, audit }: Written, event: object) => {
    const body = documented(`zendesk/event.${name}`, {
      id: randomUUID(),
      time: audit.created_at,
      subject: `zen:ticket:${ticket.id}`,
      detail: {
        id: String(ticket.id),
        actor_id: String(audit.author_id),
        external_id: ticket.external_id,
        tags: ticket.tags,
        status: ticket.status.toUpperCase(),
      },
      event,
    })
    deps.tell(`zen:event-type:ticket.${name}`, JSON.stringify(body))
  }

  return ({ before, ...written }: Written & { before: Ticket | null }): void => {
    const { ticket, audit } = written
    if (audit.comment) {
      const { id, body, public: is_public, author_id } = audit.comment
      const author = deps.account.users.get(author_id)
      const told = { id: String(author_id), is_staff: author?.role !== 'end-user', name: author?.name ?? '' }
      say('comment_added', written, { comment: { author: told, body, id: String(id), is_public } })
    }
    if (!before) return
    const changed = (current: string | null, previous: string | null) => ({ current, previous })
    if (before.status !== ticket.status)
      say('status_changed', written, changed(ticket.status.toUpperCase(), before.status.toUpperCase()))
    if (before.assignee_id !== ticket.assignee_id)
      say('agent_assignment_changed', written, changed(textOf(ticket.assignee_id), textOf(before.assignee_id)))
  }
}

const textOf = (id: number | null): string | null => (id === null ? null : String(id))
