import type { AgentId } from '../../../contract/ids.ts'
import type { ActionDeps } from './deps.ts'
import { openModal } from './modals.ts'
import { buttons } from './names.ts'
import { Click } from './payloads.ts'
import { toldOfTrouble } from './tell.ts'
import { assignView, cannedView, noteView } from './views.ts'
import { chatOfButton, type ThreadChat } from './which-chat.ts'
import { whoActs } from './who-acts.ts'

type OnClick = (by: AgentId, chat: ThreadChat, trigger: string) => Promise<void>

/** What the buttons of a chat do, by their names. Of what changed, the thread tells by itself. */
export function buttonActions(deps: ActionDeps): Record<string, (body: unknown) => Promise<void>> {
  const { desk } = deps
  const doing: Record<keyof typeof buttons, OnClick> = {
    take: (by, { session }) => desk.take(by, session),
    release: (by, { session }) => desk.release(by, session),
    close: (by, { session }) => desk.close(by, session),
    reopen: (by, { session }) => desk.reopen(by, session),
    ticket: (by, { session }) => desk.requestTicket(by, session),
    assign: (by, chat, trigger) => openModal(deps, { by, chat, trigger, view: assignView }),
    canned: (by, chat, trigger) => openModal(deps, { by, chat, trigger, view: cannedView }),
    note: (by, chat, trigger) => openModal(deps, { by, chat, trigger, view: noteView }),
  }
  return Object.fromEntries(
    Object.entries(buttons).map(([name, id]) => [id, (body) => clicked(deps, body, doing[name as keyof typeof doing])]),
  )
}

function clicked(deps: ActionDeps, body: unknown, run: OnClick): Promise<void> {
  const click = Click.parse(body)
  const { user, channel, message, trigger_id: trigger } = click
  const thread = message.thread_ts !== undefined && message.thread_ts !== message.ts ? message.thread_ts : null
  const to = { channel: channel.id, user: user.id, ...(thread !== null && { thread_ts: thread }) }
  return toldOfTrouble(deps, to, async () => {
    const by = await whoActs(deps, user)
    await run(by, await chatOfButton(deps, click), trigger)
  })
}
