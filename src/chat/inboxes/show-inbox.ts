import type { Inbox, ShownInbox } from '../../contract/inbox.ts'
import { isOpen, nextOpening } from '../../platform/opening-hours.ts'
import { needsEmail } from './pre-chat.ts'

/** What a widget is told of an inbox at a moment, epoch ms. */
export function showInbox(inbox: Inbox, at: number): ShownInbox {
  const { key, name, look, greeting, preChat, outsideHours } = inbox
  const open = isOpen(inbox.hours, at)
  const opens = open ? null : nextOpening(inbox.hours, at)
  return {
    key,
    name,
    look,
    greeting,
    preChat,
    open,
    opensAt: opens === null ? null : new Date(opens).toISOString(),
    outsideHours: outsideHours.text,
    emailRequired: needsEmail(inbox, !open),
  }
}
