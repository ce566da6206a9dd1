import { escapeText } from '../words/text.ts'
import { chatsOf } from './chats.ts'
import type { ActionDeps } from './deps.ts'
import { command } from './names.ts'
import { Command } from './payloads.ts'
import { sentenceOf } from './tell.ts'
import { chatLine } from './views.ts'
import { whoActs } from './who-acts.ts'

/** What somebody wrote after the slash, answered to them alone. */
export function commandActions(deps: ActionDeps): Record<string, (body: unknown) => Promise<string>> {
  return {
    async [command.command](body) {
      const { user_id: id, text } = Command.parse(body)
      try {
        return await answer(deps, id, text.trim().toLowerCase())
      } catch (error) {
        return escapeText(sentenceOf(deps, error))
      }
    },
  }
}

async function answer(deps: ActionDeps, user: string, word: string): Promise<string> {
  switch (word) {
    case 'online':
    case 'away':
    case 'busy':
      await deps.desk.setStatus(await whoActs(deps, { id: user }), word)
      return statusSet[word]
    case 'chats': {
      const chats = await chatsOf(deps, await whoActs(deps, { id: user }))
      return chats.length === 0 ? 'You have no open chat.' : chats.map(chatLine).join('\n')
    }
    default:
      return help
  }
}

const statusSet = {
  online: 'You are online: you get chats while you have room.',
  away: 'You are away: you get no new chats until you write `/deskbridge online`.',
  busy: 'You are busy: you get no new chats until you write `/deskbridge online`.',
} as const

const help = [
  '`/deskbridge online` – you get chats',
  '`/deskbridge away`, `/deskbridge busy` – you get no new ones',
  '`/deskbridge chats` – your open chats',
  'In a thread, use the buttons under its first message, or a message’s menu (⋮): a command does not run there.',
].join('\n')
