import type { Section } from './section.ts'
import { cannedResponses } from './sections/canned-responses.ts'
import { inboxes } from './sections/inboxes.ts'
import { webhooks } from './sections/webhooks.ts'

/** What a file may declare, in the order in which it is made: a section names things of those above it. */
export const sections: readonly Section[] = [inboxes, webhooks, cannedResponses]
