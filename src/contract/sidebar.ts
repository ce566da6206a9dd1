import type { SignedInAgent } from './sign-in.ts'

/** What the page in Zendesk's sidebar is handed: the agent's token, to be renewed before `expiresAt`, or why there is none. */
export type SidebarPage =
  | { kind: 'signed_in'; token: string; expiresAt: string; agent: Pick<SignedInAgent, 'id' | 'name'> }
  /** For people. */
  | { kind: 'refused'; why: string }
