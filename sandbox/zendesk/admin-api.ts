import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { documented } from '../fixtures/load.ts'
import { type Account, integration } from './account.ts'
import { known, refused, userBody } from './answers.ts'
import { Refusal } from './changes.ts'
import {
  type Rules,
  type Trigger,
  TriggerChange,
  TriggerInput,
  type View,
  ViewChange,
  ViewInput,
  type Webhook,
  WebhookChange,
  WebhookInput,
} from './rules.ts'

const pages = { meta: { has_more: false, after_cursor: null, before_cursor: null }, links: { next: null, prev: null } }
const listed = { count: 0, next_page: null, previous_page: null, ...pages }

/** What administrators set up, and who asks. `offersEvents`: whether webhooks may subscribe to events. */
export function adminApi({
  account,
  rules,
  offersEvents,
}: {
  account: Account
  rules: Rules
  offersEvents(): boolean
}) {
  const api = new Hono().onError(refused)

  api.get('/users/me', (c) =>
    c.json(documented('zendesk/users.me', { user: userBody(integration, new URL(c.req.url).origin) })),
  )
  api.get('/users/:id/related', (c) => {
    const assigned = [...account.tickets.values()].filter(
      ({ assignee_id }) => assignee_id === Number(c.req.param('id')),
    )
    const related = { assigned_tickets: assigned.length, requested_tickets: 0, ccd_tickets: 0 }
    return c.json(documented('zendesk/users.related', { user_related: related }))
  })
  api.get('/users/:id/identities', (c) => {
    const { id, email, role } = known(account.users.get(idOf(c)))
    const identity = {
      id: id * 10,
      user_id: id,
      type: 'email',
      value: email,
      primary: true,
      verified: role !== 'end-user',
    }
    const identities = email === null ? [] : [identity]
    return c.json(documented('zendesk/users.identities', { identities, count: identities.length }))
  })
  api.get('/oauth/tokens/current', (c) => {
    if (!c.req.header('authorization')?.startsWith('Bearer ')) throw new Refusal('zendesk/not_found')
    return c.json(documented('zendesk/oauth.tokens.current', { token: { id: 1, scopes: ['read', 'write'] } }))
  })

  const viewOf = (c: Context) => known(rules.views.get(idOf(c)))
  const putView = (view: View) => {
    rules.write({ kind: 'view', id: view.id, view })
    return documented('zendesk/view.show', { view: viewBody(view) })
  }
  api.get('/views', (c) => {
    const views = [...rules.views.values()].map(viewBody)
    return c.json(documented('zendesk/views.list', { ...listed, views, count: views.length }))
  })
  api.post('/views', async (c) => {
    const { view } = z.object({ view: ViewInput }).parse(await c.req.json())
    return c.json(putView({ ...view, id: rules.newId() }), 201)
  })
  api.put('/views/:id', async (c) => {
    const { view } = z.object({ view: ViewChange }).parse(await c.req.json())
    return c.json(putView({ ...viewOf(c), ...given(view) }))
  })
  api.delete('/views/:id', (c) => {
    rules.write({ kind: 'view', id: viewOf(c).id, view: null })
    return c.body(null, 204)
  })

  const triggerOf = (c: Context) => known(rules.triggers.get(idOf(c)))
  const putTrigger = (trigger: Trigger) => {
    rules.write({ kind: 'trigger', id: trigger.id, trigger })
    return documented('zendesk/trigger.show', { trigger })
  }
  api.get('/triggers', (c) => {
    const triggers = [...rules.triggers.values()].filter(({ active }) => active || c.req.query('active') !== 'true')
    return c.json(documented('zendesk/triggers.list', { ...listed, triggers, count: triggers.length }))
  })
  api.post('/triggers', async (c) => {
    const { trigger } = z.object({ trigger: TriggerInput }).parse(await c.req.json())
    return c.json(putTrigger({ ...trigger, id: rules.newId() }), 201)
  })
  api.put('/triggers/:id', async (c) => {
    const { trigger } = z.object({ trigger: TriggerChange }).parse(await c.req.json())
    return c.json(putTrigger({ ...triggerOf(c), ...given(trigger) }))
  })
  api.delete('/triggers/:id', (c) => {
    rules.write({ kind: 'trigger', id: triggerOf(c).id, trigger: null })
    return c.body(null, 204)
  })

  const webhookOf = (c: Context) => known(rules.webhooks.get(c.req.param('id') ?? ''))
  const putWebhook = (webhook: Webhook) => {
    rules.write({ kind: 'webhook', id: webhook.id, webhook })
    return documented('zendesk/webhook.show', { webhook: webhookBody(webhook) })
  }
  api.get('/webhooks', (c) => {
    const webhooks = [...rules.webhooks.values()].map(webhookBody)
    return c.json(documented('zendesk/webhooks.list', { ...pages, webhooks }))
  })
  api.post('/webhooks', async (c) => {
    const { webhook } = z.object({ webhook: WebhookInput }).parse(await c.req.json())
    if (!offersEvents() && webhook.subscriptions.some(isEvent)) throw new Refusal('zendesk/forbidden')
    return c.json(putWebhook({ ...webhook, ...rules.newWebhook() }), 201)
  })
  api.patch('/webhooks/:id', async (c) => {
    const { webhook } = z.object({ webhook: WebhookChange }).parse(await c.req.json())
    putWebhook({ ...webhookOf(c), ...given(webhook) })
    return c.body(null, 204)
  })
  api.delete('/webhooks/:id', (c) => {
    const { id } = webhookOf(c)
    if ([...rules.triggers.values()].some((trigger) => rings(trigger, id))) throw new Refusal('zendesk/closed')
    rules.write({ kind: 'webhook', id, webhook: null })
    return c.body(null, 204)
  })
  api.get('/webhooks/:id/signing_secret', (c) => {
    const { secret } = webhookOf(c)
    return c.json(documented('zendesk/webhook.signing_secret', { signing_secret: { algorithm: 'SHA256', secret } }))
  })

  return api
}

const idOf = (c: Context): number => Number(c.req.param('id'))
const isEvent = (subscription: string): boolean => subscription.startsWith('zen:event-type:')
const rings = ({ actions }: Trigger, webhook: string): boolean =>
  actions.some(({ field, value }) => field === 'notification_webhook' && Array.isArray(value) && value[0] === webhook)

/** What was not sent stays as it is. */
const given = <Input extends object>(input: Input): { [Key in keyof Input]: Exclude<Input[Key], undefined> } =>
  JSON.parse(JSON.stringify(input))

function viewBody({ all, any, output, ...view }: View) {
  const columns = output.columns.map((id) => ({ id, title: String(id) }))
  return { ...view, conditions: { all, any }, execution: { ...output, columns } }
}

const webhookBody = ({ secret: _secret, ...webhook }: Webhook) => webhook
