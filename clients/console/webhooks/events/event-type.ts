import type { WebhookType } from '../../../../src/contract/webhook-event.ts'

/** As much of JSON Schema as the catalogue's schemas use. */
export interface JsonSchema {
  type?: string
  const?: unknown
  enum?: unknown[]
  format?: string
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  items?: JsonSchema
  properties?: Record<string, JsonSchema>
  required?: string[]
}

/** A type of the catalogue. */
export interface EventType {
  type: WebhookType
  description: string
  schema: JsonSchema
  example: unknown
}

/** `chat` of `chat.closed`. */
export const groupOf = (type: string): string => type.slice(0, type.indexOf('.'))

export const byGroup = <T extends { type: string }>(types: readonly T[]): [group: string, types: T[]][] => [
  ...Map.groupBy(types, ({ type }) => groupOf(type)),
]
