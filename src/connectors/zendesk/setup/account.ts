import { z } from 'zod'
import { allPages, Id, Meta, nextOf, type ZendeskSdk } from '../sdk.ts'
import { ZendeskError } from '../transport.ts'

const Condition = z.object({ field: z.string(), operator: z.string(), value: z.unknown() })
export type Condition = z.infer<typeof Condition>

const Conditions = z.object({ all: z.array(Condition).default([]), any: z.array(Condition).default([]) })
export type Conditions = z.infer<typeof Conditions>

const View = z.object({
  id: Id,
  title: z.string(),
  active: z.boolean(),
  description: z.string().nullish(),
  conditions: Conditions,
})
export type View = z.infer<typeof View>

const Trigger = z.object({
  id: Id,
  title: z.string(),
  active: z.boolean(),
  conditions: Conditions,
  actions: z.array(z.object({ field: z.string(), value: z.unknown() })),
})
export type Trigger = z.infer<typeof Trigger>

const Webhook = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  endpoint: z.string(),
  subscriptions: z.array(z.string()).default([]),
})
export type Webhook = z.infer<typeof Webhook>

const Form = z.object({
  id: Id,
  active: z.boolean().default(true),
  default: z.boolean().default(false),
  ticket_field_ids: z.array(Id).default([]),
})
export type Form = z.infer<typeof Form>

const Me = z.object({ id: Id, name: z.string(), email: z.string().nullish(), role: z.string() })
export type Me = z.infer<typeof Me>

/** What is set up in an account, and who does it. All methods throw `ZendeskError`. */
export interface AccountApi {
  /** The user whom the credentials act as. */
  me(): Promise<Me>
  /** Tickets that are assigned to a user: somebody who has some answers customers. */
  assignedTickets(user: string): Promise<number>
  /** Of the OAuth token in use. */
  scopes(): Promise<string[]>
  /** Requests a minute; null while no answer has said it. */
  perMinute(): number | null
  /** None where the plan has no forms. */
  forms(): Promise<Form[]>
  views(): Promise<View[]>
  createView(view: object): Promise<void>
  updateView(id: string, view: object): Promise<void>
  removeView(id: string): Promise<void>
  /** Active ones, in their order. */
  triggers(): Promise<Trigger[]>
  createTrigger(trigger: object): Promise<void>
  updateTrigger(id: string, trigger: object): Promise<void>
  removeTrigger(id: string): Promise<void>
  webhooks(): Promise<Webhook[]>
  createWebhook(webhook: object): Promise<Webhook>
  updateWebhook(id: string, webhook: object): Promise<void>
  removeWebhook(id: string): Promise<void>
  signingSecret(webhook: string): Promise<string>
}

const Forms = z.object({ ticket_forms: z.array(Form) })
const Views = z.object({ views: z.array(View), meta: Meta })
const Triggers = z.object({ triggers: z.array(Trigger), meta: Meta })
const Webhooks = z.object({ webhooks: z.array(Webhook), meta: Meta })
const Related = z.object({ user_related: z.object({ assigned_tickets: z.number() }) })
const Token = z.object({ token: z.object({ scopes: z.array(z.string()) }) })
const Secret = z.object({ signing_secret: z.object({ secret: z.string() }) })

export function createAccountApi({ client, call, perMinute }: ZendeskSdk): AccountApi {
  const { webhooks } = client
  // The SDK has its plain calls on each of its parts; this part puts nothing of its own over them.
  const plain = client.search
  const done = async (work: () => Promise<unknown>) => void (await call(z.unknown(), work))

  return {
    async me() {
      return (await call(z.object({ user: Me }), () => plain.get(['users', 'me']))).user
    },
    async assignedTickets(user) {
      return (await call(Related, () => plain.get(['users', user, 'related']))).user_related.assigned_tickets
    },
    async scopes() {
      return (await call(Token, () => plain.get(['oauth', 'tokens', 'current']))).token.scopes
    },
    perMinute,

    async forms() {
      try {
        return (await call(Forms, () => plain.get(['ticket_forms', '?active=true']))).ticket_forms
      } catch (error) {
        if (error instanceof ZendeskError && (error.status === 403 || error.status === 404)) return []
        throw error
      }
    },

    views: () =>
      allPages(async (query) => {
        const page = await call(Views, () => plain.get(['views', `?${query}`]))
        return { items: page.views, next: nextOf(page.meta) }
      }),
    createView: (view) => done(() => plain.post(['views'], { view })),
    updateView: (id, view) => done(() => plain.put(['views', id], { view })),
    removeView: (id) => done(() => plain.delete(['views', id])),

    triggers: () =>
      allPages(async (query) => {
        const page = await call(Triggers, () => plain.get(['triggers', `?active=true&${query}`]))
        return { items: page.triggers, next: nextOf(page.meta) }
      }),
    createTrigger: (trigger) => done(() => plain.post(['triggers'], { trigger })),
    updateTrigger: (id, trigger) => done(() => plain.put(['triggers', id], { trigger })),
    removeTrigger: (id) => done(() => plain.delete(['triggers', id])),

    webhooks: () =>
      allPages(async (query) => {
        const page = await call(Webhooks, () => webhooks.get(['webhooks', `?${query}`]))
        return { items: page.webhooks, next: nextOf(page.meta) }
      }),
    async createWebhook(webhook) {
      return (await call(z.object({ webhook: Webhook }), () => webhooks.post(['webhooks'], { webhook }))).webhook
    },
    updateWebhook: (id, webhook) => done(() => webhooks.patch(id, { webhook })),
    removeWebhook: (id) => done(() => webhooks.delete(id)),
    async signingSecret(webhook) {
      return (await call(Secret, () => webhooks.getSigningSecret(webhook))).signing_secret.secret
    },
  }
}
