/** The workspace's people. */
export const team = 'T0SANDBOX'
export const bot = { user: 'U0DESKBRIDGE', id: 'B0DESKBRIDGE', app: 'A0DESKBRIDGE' } as const

export interface Person {
  id: string
  name: string
  realName: string
  email: string
}

export const people: readonly Person[] = [
  { id: 'U0GRACE', name: 'grace', realName: 'Grace Hopper', email: 'grace@example.com' },
  { id: 'U0ALAN', name: 'alan', realName: 'Alan Turing', email: 'alan@example.com' },
  { id: 'U0KATHERINE', name: 'katherine', realName: 'Katherine Johnson', email: 'katherine@example.com' },
]

/** What the app is granted when it is installed from the manifest of today. */
export const grantedScopes = [
  ...['channels:history', 'channels:read', 'chat:write', 'chat:write.customize', 'commands', 'files:read'],
  'files:write',
  ...['groups:history', 'groups:read', 'reactions:write', 'users:read', 'users:read.email'],
]
