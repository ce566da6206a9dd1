import type { SignedInAgent } from '../../contract/sign-in.ts'
import type { AgentIdentity } from '../tokens.ts'

/** What somebody is told of themself. */
export const shownAgent = ({ id, name, role, inboxes }: AgentIdentity): SignedInAgent => ({
  id,
  name,
  role,
  inboxes: [...inboxes],
})
