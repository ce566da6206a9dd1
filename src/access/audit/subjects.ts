import type { AuditType } from '../../contract/audit.ts'

/** What a change is of, and where that stands. Only the fields that are named leave it: whoever adds a secret adds it to no list. */
export interface Subject {
  type: AuditType
  /** Null: until the answer names it, or for good. */
  id: string | null
  stored: { collection: string; fields: readonly string[] } | null
}

interface Kind {
  type: AuditType
  /** Where its routes begin; what comes after is what is done with it. */
  path: string
  collection?: string
  fields?: readonly string[]
  idOf?(params: Readonly<Record<string, string>>): string | null
  /** Where the answer names what was made; null: nowhere. */
  answered?: ((body: Body) => unknown) | null
}

interface Body {
  id?: unknown
  key?: unknown
  kid?: unknown
  blocks?: unknown
}

const block = { type: 'block', collection: 'blocks', fields: ['target.kind', 'inbox', 'until'] } as const

/** The first that fits counts. */
const kinds: readonly Kind[] = [
  {
    type: 'agent',
    path: '/api/admin/agents/:id?',
    collection: 'agents',
    fields: [
      ...['name', 'email', 'role', 'capacity', 'skills', 'teams', 'inboxes', 'priority', 'picture', 'deactivatedAt'],
    ],
  },
  {
    type: 'identity_key',
    path: '/api/admin/inboxes/:inbox/identity-keys/:id?',
    collection: 'identity_keys',
    fields: ['inbox', 'kid', 'algorithm', 'name'],
    idOf: ({ inbox, id }) => (id === undefined ? null : `${inbox}/${id}`),
    answered: ({ kid }) => kid,
  },
  {
    type: 'inbox',
    path: '/api/admin/inboxes/:id?',
    collection: 'inboxes',
    fields: [
      ...['name', 'allowedOrigins', 'enabled', 'look', 'greeting', 'preChat', 'hours', 'outsideHours', 'assignment'],
      ...['automation', 'slack', 'zendesk', 'challenge', 'identityRequired', 'retentionDays'],
    ],
    answered: ({ key }) => key,
  },
  {
    type: 'canned_response',
    path: '/api/admin/canned/:id?',
    collection: 'canned_responses',
    fields: ['inbox', 'name', 'shortcut', 'text', 'category', 'tags', 'isActive'],
  },
  // Neither whom a block is of nor why: that is theirs, and is to go when they are erased.
  { ...block, path: '/api/admin/blocks/:id?' },
  {
    ...block,
    path: '/api/chat/sessions/:session/block',
    answered: ({ blocks }) => (Array.isArray(blocks) ? blocks.at(0)?.id : null),
  },
  {
    type: 'key',
    path: '/api/admin/keys/:id?',
    collection: 'api_keys',
    fields: ['name', 'prefix', 'scopes', 'inboxes', 'expiresAt', 'rateLimit', 'revokedAt'],
  },
  {
    type: 'endpoint',
    path: '/api/admin/webhooks/endpoints/:id?',
    collection: 'endpoints',
    fields: ['url', 'description', 'events', 'inboxes', 'headerNames', 'ratePerSecond', 'ordered', 'enabled'],
  },
  { type: 'delivery', path: '/api/admin/webhooks/deliveries/:id?', answered: null },
  { type: 'connector', path: '/api/admin/connectors/:id?', collection: 'destinations', fields: ['hold'] },
  { type: 'slack_installation', path: '/api/admin/slack/installations/links', answered: null },
  {
    type: 'slack_installation',
    path: '/api/admin/slack/installations/:id?',
    collection: 'slack_installations',
    fields: ['name', 'app', 'scopes', 'installedAt', 'goneAt'],
  },
  {
    type: 'report_view',
    path: '/api/admin/analytics/views/:id?',
    collection: 'report_views',
    fields: ['name', 'period', 'inboxes', 'filter', 'by', 'hours', 'compare', 'metrics', 'digest'],
  },
  { type: 'visitor', path: '/api/admin/privacy', answered: null },
  // A new route is heard of before anybody thinks of it here.
  { type: 'other', path: '/api/admin' },
]

/** `made`: which one it is, by the answer. */
export interface Changing extends Subject {
  made: ((body: unknown) => string | null) | null
}

/** Null: nothing of the installation is changed there. */
export function subjectOf(method: string, path: string): Changing | null {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return null
  for (const kind of kinds) {
    const params = match(kind.path, path)
    if (!params) continue
    const { type, collection, fields = [], idOf = ({ id = null }) => id } = kind
    const stored = collection === undefined ? null : { collection, fields }
    return { type, id: idOf(params), stored, made: madeBy(kind, params) }
  }
  return null
}

function madeBy({ answered = ({ id }) => id, idOf }: Kind, params: Readonly<Record<string, string>>): Changing['made'] {
  if (!answered) return null
  return (body) => {
    const id: unknown = typeof body === 'object' && body !== null ? answered(body) : null
    if (typeof id !== 'string') return null
    return idOf ? idOf({ ...params, id }) : id
  }
}

/** What the names of a pattern stand for, if a path begins like it. */
function match(pattern: string, path: string): Record<string, string> | null {
  const given = path.split('/')
  const params: Record<string, string> = {}
  for (const [index, part] of pattern.split('/').entries()) {
    const there = given[index]
    const isOptional = part.endsWith('?')
    if (there === undefined || there === '') {
      if (!isOptional && part !== '') return null
    } else if (part.startsWith(':')) params[part.replace(/^:|\?$/g, '')] = decoded(there)
    else if (part !== there) return null
  }
  return params
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
