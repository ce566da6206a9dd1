import type { Scope } from '../../../src/contract/key.ts'
import type { Choice } from '../parts/choice.tsx'

const words: Record<Scope, readonly [name: string, what: string]> = {
  'chats:read': ['Read chats', 'Find and read chats, transcripts and notes.'],
  'chats:write': ['Start and close chats', 'Start chats, close them, and change their tags.'],
  'messages:write': ['Write messages', 'Write in the chats that it may see.'],
  'visitors:write': ['Change visitors', 'Say who a visitor is; its word counts like an agent’s.'],
  webhooks: ['Webhooks', 'Manage endpoints and their deliveries.'],
  'analytics:read': ['Read figures', 'Reports, exports, and which chats are behind a figure.'],
  admin: ['Everything', 'All that an administrator may. Give it to no system that needs less.'],
}

const isScope = (name: string): name is Scope => Object.hasOwn(words, name)

export const scopeChoices: readonly Choice<Scope>[] = Object.keys(words)
  .filter(isScope)
  .map((scope) => [scope, ...words[scope]])
export const scopeName = (scope: Scope): string => words[scope][0]
