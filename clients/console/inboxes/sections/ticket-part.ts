import type { TicketSettings } from '../../../../src/contract/inbox.ts'
import type { InboxForm } from '../inbox-form.ts'

/** What each part of the section of Zendesk needs. */
export interface TicketPartProps {
  zendesk: TicketSettings
  faultAt: InboxForm['faultAt']
  onChange(zendesk: TicketSettings): void
}
