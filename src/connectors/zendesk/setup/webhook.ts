import { ourTags } from '../tags.ts'
import { ZendeskError } from '../transport.ts'
import type { AccountApi, Webhook } from './account.ts'
import type { Look, Piece } from './piece.ts'

export const webhookName = 'Deskbridge'
export const webhookPath = '/connectors/zendesk/webhook'

/** Of these the webhook tells where the account offers event subscriptions. */
const events = [
  'zen:event-type:ticket.comment_added',
  'zen:event-type:ticket.status_changed',
  'zen:event-type:ticket.agent_assignment_changed',
]
/** Stands in a webhook's subscriptions when it is rung by triggers. */
const byTrigger = 'conditional_ticket_events'

type Api = Pick<
  AccountApi,
  'webhooks' | 'createWebhook' | 'updateWebhook' | 'removeWebhook' | 'triggers' | 'createTrigger' | 'removeTrigger'
>

/** By which the account tells of answers: by its events, or by a trigger where it does not offer them. */
export function webhook(api: Api, endpoint: string): Piece {
  const ours = async () => (await api.webhooks()).find((one) => one.endpoint === endpoint) ?? null
  const ringing = async ({ id }: Webhook) =>
    (await api.triggers()).filter(({ actions }) =>
      actions.some(
        ({ field, value }) => field === 'notification_webhook' && Array.isArray(value) && String(value[0]) === id,
      ),
    )

  const look = async (): Promise<Look> => {
    const there = await ours()
    if (!there) return { kind: 'missing' }
    if (there.status !== 'active') return { kind: 'wrong', why: 'it is switched off' }
    if (there.subscriptions.includes(byTrigger))
      return (await ringing(there)).length > 0 ? { kind: 'there' } : { kind: 'wrong', why: 'no trigger rings it' }
    const missing = events.filter((event) => !there.subscriptions.includes(event))
    return missing.length === 0
      ? { kind: 'there' }
      : { kind: 'wrong', why: `it does not hear of ${missing.map(shortOf).join(', ')}` }
  }

  const make = async (): Promise<void> => {
    try {
      await api.createWebhook(webhookOf(endpoint, events))
    } catch (error) {
      if (!(error instanceof ZendeskError) || !notOffered.has(error.status)) throw error
      const made = await api.createWebhook(webhookOf(endpoint, [byTrigger]))
      await api.createTrigger(triggerOf(made.id))
    }
  }

  return {
    name: `the webhook to ${endpoint}`,
    shared: false,
    look,
    async put() {
      const there = await ours()
      if (!there) return make()
      if (there.status !== 'active') await api.updateWebhook(there.id, { status: 'active' })
      if (!there.subscriptions.includes(byTrigger)) await api.updateWebhook(there.id, { subscriptions: events })
      else if ((await ringing(there)).length === 0) await api.createTrigger(triggerOf(there.id))
    },
    async remove() {
      const there = await ours()
      if (!there) return
      // Zendesk keeps a webhook that a trigger uses.
      for (const { id } of await ringing(there)) await api.removeTrigger(id)
      await api.removeWebhook(there.id)
    },
  }
}

const shortOf = (event: string): string => event.slice('zen:event-type:'.length)

/** What an account answers that does not have the events. */
const notOffered: ReadonlySet<number> = new Set([400, 403, 422])

const webhookOf = (endpoint: string, subscriptions: readonly string[]) => ({
  name: webhookName,
  description: 'Tells Deskbridge of what agents write in tickets of chats.',
  status: 'active',
  endpoint,
  http_method: 'POST',
  request_format: 'json',
  subscriptions,
})

/** Only the ticket's number goes: placeholders in a body are not escaped, and what was written is fetched. */
const triggerOf = (webhookId: string) => ({
  title: 'Deskbridge: tell of answers in chats',
  conditions: {
    all: [
      { field: 'current_tags', operator: 'includes', value: ourTags.join(' ') },
      { field: 'comment_is_public', operator: 'is', value: 'true' },
      { field: 'role', operator: 'is', value: 'agent' },
    ],
    any: [],
  },
  actions: [{ field: 'notification_webhook', value: [webhookId, JSON.stringify({ ticket_id: '{{ticket.id}}' })] }],
})
