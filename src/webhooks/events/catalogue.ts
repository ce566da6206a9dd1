import { z } from 'zod'
import { type WebhookPayload, type WebhookType, webhookPayloads, webhookTypes } from '../../contract/webhook-event.ts'
import { exampleOf } from './examples.ts'

export interface CatalogueEntry {
  type: WebhookType
  /** A sentence that says when it comes. */
  description: string
  /** JSON Schema of the payload. Further fields may come with time, so it forbids none. */
  schema: object
  example: WebhookPayload
}

/** Everything that an endpoint can be told. */
export const catalogue = (): CatalogueEntry[] => webhookTypes.map(entryOf)

function entryOf(type: WebhookType): CatalogueEntry {
  const form: z.ZodType = webhookPayloads[type]
  return {
    type,
    description: form.meta()?.description ?? '',
    schema: z.toJSONSchema(form, { io: 'input' }),
    example: exampleOf(type),
  }
}
