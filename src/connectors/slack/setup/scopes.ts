import { actionScopes, events, methods, type Scope } from '../permissions.ts'

/** What each scope is for; `optional`: chats work without it. */
export const purposes: Readonly<Record<Scope, { purpose: string; optional?: true }>> = {
  'chat:write': { purpose: 'posting what is said in a chat' },
  'chat:write.customize': { purpose: 'the author’s name above a post', optional: true },
  'channels:history': { purpose: 'answers in public channels' },
  'groups:history': { purpose: 'answers in private channels' },
  'channels:read': {
    purpose:
      'telling whether a public channel can be used, and pausing in one that is shared with another organisation',
    optional: true,
  },
  'groups:read': {
    purpose:
      'telling whether a private channel can be used, and pausing in one that is shared with another organisation',
    optional: true,
  },
  commands: { purpose: 'the buttons’ shortcuts and the command /deskbridge', optional: true },
  'files:read': { purpose: 'the files that are sent along in a reply', optional: true },
  'files:write': { purpose: 'customers’ files in the thread instead of links to them', optional: true },
  'reactions:write': { purpose: 'the signs at a reply that say whether the customer has it', optional: true },
  'users:read': { purpose: 'the names and pictures of those who answer' },
  'users:read.email': { purpose: 'knowing which of them have an account here', optional: true },
}

/** Every scope that a call or an event in use takes. */
export function scopesInUse(): Scope[] {
  const ofMethods = Object.values(methods).flat()
  const ofEvents = Object.values(events).flatMap((event) => [...event.scopes])
  return [...new Set<Scope>([...ofMethods, ...ofEvents, ...actionScopes])].sort()
}
