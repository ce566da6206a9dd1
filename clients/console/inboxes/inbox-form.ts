import type { Inbox } from '../../../src/contract/inbox.ts'
import type { Form } from '../frame/form.ts'

export type InboxForm = Form<Inbox>
