/** Every method of Slack's Web API that is called here, with the scopes it takes. A call goes through this table. */
export const methods = {
  // By the app-level token, whose scope is no bot's.
  'apps.connections.open': [],
  'auth.revoke': [],
  'auth.test': [],
  'chat.postMessage': ['chat:write', 'chat:write.customize'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.delete': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.replies': ['channels:history', 'groups:history'],
  'files.completeUploadExternal': ['files:write'],
  'files.delete': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  'oauth.v2.access': [],
  'reactions.add': ['reactions:write'],
  'reactions.remove': ['reactions:write'],
  'users.info': ['users:read', 'users:read.email'],
  'views.open': [],
  'views.update': [],
} as const satisfies Record<string, readonly string[]>

export type Method = keyof typeof methods
export type Scope =
  | (typeof methods)[Method][number]
  | (typeof events)[keyof typeof events]['scopes'][number]
  | (typeof actionScopes)[number]

/** Every event that is subscribed to: the type it arrives with and the scopes it takes. */
export const events = {
  'message.channels': { type: 'message', scopes: ['channels:history'] },
  'message.groups': { type: 'message', scopes: ['groups:history'] },
  channel_shared: { type: 'channel_shared', scopes: ['channels:read', 'groups:read'] },
  app_uninstalled: { type: 'app_uninstalled', scopes: [] },
  tokens_revoked: { type: 'tokens_revoked', scopes: [] },
  channel_unshared: { type: 'channel_unshared', scopes: ['channels:read', 'groups:read'] },
} as const satisfies Record<string, { type: string; scopes: readonly string[] }>

export type SubscribedType = (typeof events)[keyof typeof events]['type']
/** What becomes of each subscribed event; the type demands one for each. */
export type EventHandlers = Record<SubscribedType, (event: unknown, envelope: unknown) => Promise<void>>

/** Without it names stand in the text of a post instead of above it. */
export const namesScope = 'chat:write.customize'

/** Without it files are brought as links. */
export const filesScope = 'files:write'

/** With it, a sign at a reply shows whether the customer has it. */
export const signsScope = 'reactions:write'

/** What shortcuts and slash commands take. */
export const actionScopes = ['commands'] as const
