import type { ChatNow } from '../../../bridge/port/asked.ts'
import type { SessionId } from '../../../contract/ids.ts'
import type { Blocks } from './body.ts'
import type { RootAction } from './root-actions.ts'

/** A root's text with the buttons for what can be done with the chat as it is. */
export function rootBlocks(session: SessionId, text: string, now: ChatNow, tickets: boolean): Blocks {
  const section = { type: 'section', text: { type: 'mrkdwn', text } }
  const elements = buttonsFor(now, tickets).map(([id, label]) => ({
    ...{ type: 'button', action_id: id, value: session },
    text: { type: 'plain_text', text: label },
  }))
  return [section, { type: 'actions', elements }]
}

type Button = [id: RootAction, label: string]

const reopen: Button = ['chat_reopen', 'Reopen']
const take: Button = ['chat_take', 'Take']
const release: Button = ['chat_release', 'Give back']

function buttonsFor({ status, assignee, ticket }: ChatNow, tickets: boolean): Button[] {
  if (status === 'closed') return [reopen]
  return [
    assignee === null ? take : release,
    ['chat_assign', 'Assign…'],
    ['chat_canned', 'Canned response…'],
    ['chat_note', 'Note…'],
    ...(tickets && !ticket ? [['chat_ticket', 'Ticket'] satisfies Button] : []),
    ['chat_close', 'Close'],
  ]
}
