import type { SignedInAgent } from '../../../../src/contract/sign-in.ts'
import { Outside } from './outside.tsx'

const roles = { agent: 'an agent', supervisor: 'a supervisor', admin: 'an administrator' } as const

export const NotForYou = ({ me, onSignOut }: { me: SignedInAgent; onSignOut(): void }) => (
  <Outside title="This is for administrators">
    <p>
      You are signed in as {me.name}, {roles[me.role]}. The console sets Deskbridge up; you answer chats in Slack, in
      Zendesk, or where your team has put them.
    </p>
    <p>Ask an administrator if you should have more.</p>
    <button type="button" class="act wide" onClick={onSignOut}>
      Sign in as somebody else
    </button>
  </Outside>
)
