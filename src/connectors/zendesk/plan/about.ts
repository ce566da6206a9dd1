import type { InboxSettings, LinkTo } from '../../../bridge/port/asked.ts'
import type { ReadLog } from '../../../bridge/port/call.ts'
import type { Visitor } from '../../../contract/event.ts'
import { TicketSettings } from '../../../contract/inbox.ts'
import type { Telling } from '../text.ts'

/** What a plan goes by: whose chat it is, and how its inbox wants its tickets. */
export interface About {
  /** As the chat began. */
  visitor: Visitor
  inbox: { key: string; name: string }
  /** It began outside the hours. */
  offline: boolean
  settings: TicketSettings
  telling: Telling
}

/** Null: the log cannot be read from its beginning. */
export async function aboutChat(deps: {
  readLog: ReadLog
  inboxes: Pick<InboxSettings, 'find'>
  linkTo: LinkTo
}): Promise<About | null> {
  const [started] = await deps.readLog(0, 1)
  if (started?.type !== 'session_started') return null
  const { inbox: key, visitor, offline = false } = started.body
  const inbox = await deps.inboxes.find(key)
  const settings = inbox?.zendesk ?? TicketSettings.parse({})
  return {
    visitor,
    inbox: { key, name: inbox?.name ?? key },
    offline,
    settings,
    telling: { linkTo: deps.linkTo, timeZone: settings.timeZone ?? inbox?.hours?.timeZone ?? 'UTC' },
  }
}
