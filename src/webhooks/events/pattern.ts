import type { WebhookPatterns, WebhookType } from '../../contract/webhook-event.ts'

/** Whether an endpoint with these patterns is told of events of a type. */
export const isWanted = (patterns: WebhookPatterns, type: WebhookType): boolean =>
  patterns.some((pattern) => pattern === '*' || pattern === type || pattern === `${groupOf(type)}.*`)

const groupOf = (type: WebhookType): string => type.slice(0, type.indexOf('.'))
