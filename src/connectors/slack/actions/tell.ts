import { DeskbridgeError, type ErrorCode } from '../../../contract/errors.ts'
import { escapeText } from '../words/text.ts'
import type { ActionDeps } from './deps.ts'

/** Where the general sentence is for somebody else, or does not say what an agent in Slack can do. */
const sentences: Partial<Record<ErrorCode, string>> = {
  unauthorized: 'Your account is not active any more. Ask an administrator to activate it.',
  session_closed: 'This chat is closed. Reopen it first.',
  agent_offline: 'This agent is offline. To take chats yourself, write `/deskbridge online`.',
  agent_full: 'This agent has as many chats as their capacity allows. Close or hand on one first.',
  already_assigned: 'Another agent has this chat. Ask them to hand it on, or a supervisor to take it.',
  not_assigned: 'This chat is not yours, so you cannot give it back.',
  not_found: 'This chat or response is not there, or is not of your inboxes.',
  zendesk_not_configured: 'Zendesk is not connected, so there are no tickets.',
  rate_limited: 'That was too much at once. Wait a moment, then try again.',
  file_too_large: 'A file is larger than chats take, so nothing was sent. Send a link to it instead.',
  file_type_not_allowed: 'A file is of a kind that chats do not take, so nothing was sent.',
  file_refused: 'A file is damaged, or the virus scanner found something in it, so nothing was sent.',
  key_conflict: 'This was sent before, with another text. Look into the thread before you send it again.',
}

/** What went wrong, with what to do next. */
export function sentenceOf({ logger }: Pick<ActionDeps, 'logger'>, error: unknown): string {
  if (error instanceof DeskbridgeError) {
    const general = new DeskbridgeError(error.code).message
    return error.message === general ? (sentences[error.code] ?? general) : error.message
  }
  logger.warn({ err: error }, 'slack: an action failed')
  return 'That did not work just now. Try again in a moment.'
}

export interface Listener {
  channel: string
  user: string
  thread_ts?: string
}

/** Says something to one person. Who cannot be told has to look for themself. */
export async function tell({ api, logger }: Pick<ActionDeps, 'api' | 'logger'>, to: Listener, text: string) {
  await api.whisper(to, escapeText(text)).catch((error: unknown) => logger.warn({ err: error }, 'slack: not told'))
}

/** Runs what somebody asked for; who asked is told of what goes wrong. */
export async function toldOfTrouble(
  deps: Pick<ActionDeps, 'api' | 'logger'>,
  to: Listener,
  run: () => Promise<void>,
): Promise<void> {
  try {
    await run()
  } catch (error) {
    await tell(deps, to, sentenceOf(deps, error))
  }
}
