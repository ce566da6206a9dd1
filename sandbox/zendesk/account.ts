import { createJournal } from '../journal.ts'

export interface User {
  id: number
  name: string
  email: string | null
  external_id: string | null
  role: 'end-user' | 'agent' | 'admin'
  suspended?: boolean
}

export interface Comment {
  id: number
  body: string
  public: boolean
  author_id: number
  /** Ids of files. */
  attachments: number[]
}

export interface Audit {
  id: number
  ticket_id: number
  created_at: string
  author_id: number
  custom: Record<string, unknown>
  comment: Comment | null
  /** Why it is there; absent: somebody asked for it by the API. */
  via?: { channel: string; source: object }
  /** What became of the ticket's fields. */
  changes?: { field_name: string; value: unknown; previous_value: unknown }[]
}

export interface Ticket {
  id: number
  subject: string
  status: string
  priority: string | null
  external_id: string | null
  requester_id: number
  assignee_id: number | null
  tags: string[]
  custom_fields: { id: number; value: unknown }[]
  brand_id: number | null
  group_id: number | null
  ticket_form_id: number | null
  via_followup_source_id: number | null
  created_at: string
  updated_at: string
  deleted: boolean
}

export interface Field {
  id: number
  title: string
  type: string
  /** Before a ticket can be solved. */
  required?: boolean
}

type Entry =
  | { kind: 'user'; user: User }
  | { kind: 'ticket'; ticket: Ticket }
  | { kind: 'audit'; audit: Audit }
  | { kind: 'redacted'; audit: Audit }
  | { kind: 'field'; field: Field }

/** The user whom the API's credentials act as, and those who work in the account. */
export const integration: User = {
  id: 1001,
  name: 'Deskbridge',
  email: 'integration@example.com',
  external_id: null,
  role: 'admin',
}
/** Who does what tests and the demo want done in the browser. */
export const margaret: User = {
  id: 1002,
  name: 'Margaret Hamilton',
  email: 'margaret@example.com',
  external_id: null,
  role: 'agent',
}
export const staff: readonly User[] = [
  integration,
  margaret,
  { id: 1003, name: 'Dennis Ritchie', email: 'dennis@example.com', external_id: null, role: 'agent' },
]

/** What the account holds; ids grow and never come back. */
export function createAccount(options: { folder: string | undefined; now(): number; changed(entry: Entry): void }) {
  const users = new Map(staff.map((user) => [user.id, user]))
  const tickets = new Map<number, Ticket>()
  const audits = new Map<number, Audit[]>()
  const fields = new Map<number, Field>()
  let lastId = 10_000

  const apply = (entry: Entry) => {
    switch (entry.kind) {
      case 'user':
        users.set(entry.user.id, entry.user)
        lastId = Math.max(lastId, entry.user.id)
        return
      case 'ticket':
        tickets.set(entry.ticket.id, entry.ticket)
        lastId = Math.max(lastId, entry.ticket.id)
        return
      case 'audit':
        audits.set(entry.audit.ticket_id, [...(audits.get(entry.audit.ticket_id) ?? []), entry.audit])
        lastId = Math.max(lastId, entry.audit.id, entry.audit.comment?.id ?? 0)
        return
      case 'redacted': {
        const { id, ticket_id: ticket } = entry.audit
        audits.set(
          ticket,
          (audits.get(ticket) ?? []).map((known) => (known.id === id ? entry.audit : known)),
        )
        return
      }
      case 'field':
        fields.set(entry.field.id, entry.field)
        lastId = Math.max(lastId, entry.field.id)
    }
  }

  const journal = createJournal<Entry>({ folder: options.folder, name: 'zendesk', apply })
  const write = (entry: Entry) => {
    journal.write(entry)
    options.changed(entry)
  }

  return {
    users,
    tickets,
    fields,
    audits: (ticket: number): Audit[] => audits.get(ticket) ?? [],
    newId: () => (lastId += 1),
    /** Whole seconds, as Zendesk's stamps are. */
    stamp: () => new Date(Math.floor(options.now() / 1_000) * 1_000).toISOString().replace('.000Z', 'Z'),
    put: write,
    clear() {
      tickets.clear()
      audits.clear()
      fields.clear()
      journal.clear()
    },
  }
}

export type Account = ReturnType<typeof createAccount>
