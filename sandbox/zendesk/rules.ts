import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { createJournal } from '../journal.ts'

const Condition = z.object({ field: z.string(), operator: z.string(), value: z.unknown() })
export type Condition = z.infer<typeof Condition>
const conditions = { all: z.array(Condition), any: z.array(Condition) }
const noConditions = { all: conditions.all.default([]), any: conditions.any.default([]) }

const view = {
  title: z.string(),
  description: z.string(),
  active: z.boolean(),
  ...conditions,
  output: z.object({
    columns: z.array(z.union([z.string(), z.number()])).max(10),
    group_by: z.string().optional(),
    group_order: z.string().optional(),
    sort_by: z.string().optional(),
    sort_order: z.string().optional(),
  }),
}
export const ViewChange = z.object(view).partial()
export const ViewInput = z.object({
  ...view,
  ...noConditions,
  description: view.description.default(''),
  active: view.active.default(true),
  output: view.output.default({ columns: ['status', 'updated'] }),
})
export type View = z.infer<typeof ViewInput> & { id: number }

const trigger = {
  title: z.string(),
  active: z.boolean(),
  conditions: z.object(noConditions),
  actions: z.array(z.object({ field: z.string(), value: z.unknown() })).min(1),
}
export const TriggerChange = z.object(trigger).partial()
export const TriggerInput = z.object({ ...trigger, active: trigger.active.default(true) })
export type Trigger = z.infer<typeof TriggerInput> & { id: number }

const webhook = {
  name: z.string(),
  description: z.string(),
  status: z.enum(['active', 'inactive']),
  endpoint: z.url(),
  http_method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  request_format: z.enum(['json', 'xml', 'form_encoded']),
  subscriptions: z.array(z.string()),
}
export const WebhookChange = z.object(webhook).partial()
export const WebhookInput = z.object({
  ...webhook,
  description: webhook.description.default(''),
  subscriptions: webhook.subscriptions.default([]),
})
export type Webhook = z.infer<typeof WebhookInput> & { id: string; secret: string }

type Entry =
  | { kind: 'view'; id: number; view: View | null }
  | { kind: 'trigger'; id: number; trigger: Trigger | null }
  | { kind: 'webhook'; id: string; webhook: Webhook | null }

/** Triggers that every account comes with. */
const comesWith: readonly Trigger[] = [
  {
    id: 101,
    title: 'Notify requester and CCs of received request',
    active: true,
    conditions: {
      all: [
        { field: 'update_type', operator: 'is', value: 'Create' },
        { field: 'status', operator: 'is_not', value: 'solved' },
        { field: 'comment_is_public', operator: 'is', value: 'true' },
      ],
      any: [],
    },
    actions: [{ field: 'notification_user', value: ['requester_and_ccs', 'Request received', '{{ticket.comments}}'] }],
  },
  {
    id: 102,
    title: 'Notify requester and CCs of comment update',
    active: true,
    conditions: {
      all: [
        { field: 'update_type', operator: 'is', value: 'Change' },
        { field: 'comment_is_public', operator: 'is', value: 'true' },
        { field: 'role', operator: 'is', value: 'agent' },
      ],
      any: [],
    },
    actions: [{ field: 'notification_user', value: ['requester_and_ccs', 'Update', '{{ticket.comments}}'] }],
  },
  {
    id: 103,
    title: 'Notify assignee of comment update',
    active: true,
    conditions: { all: [{ field: 'comment_is_public', operator: 'is', value: 'not_relevant' }], any: [] },
    actions: [{ field: 'notification_user', value: ['assignee_id', 'Update', '{{ticket.comments}}'] }],
  },
]

/** Views, triggers and webhooks of the account. */
export function createRules(options: { folder: string | undefined; newId(): number; preset: Webhook | null }) {
  const views = new Map<number, View>()
  const triggers = new Map(comesWith.map((trigger) => [trigger.id, trigger]))
  const webhooks = new Map<string, Webhook>()

  const apply = (entry: Entry) => {
    if (entry.kind === 'view') put(views, entry.id, entry.view)
    else if (entry.kind === 'trigger') put(triggers, entry.id, entry.trigger)
    else put(webhooks, entry.id, entry.webhook)
  }
  const journal = createJournal<Entry>({ folder: options.folder, name: 'zendesk-rules', apply })
  if (options.preset) webhooks.set(options.preset.id, options.preset)

  return {
    views,
    triggers,
    webhooks,
    write: journal.write,
    newId: options.newId,
    newWebhook: () => ({
      id: randomBytes(13).toString('hex').toUpperCase(),
      secret: randomBytes(32).toString('base64'),
    }),
  }
}

export type Rules = ReturnType<typeof createRules>

function put<Id, Value>(map: Map<Id, Value>, id: Id, value: Value | null): void {
  if (value === null) map.delete(id)
  else map.set(id, value)
}
