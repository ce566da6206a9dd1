import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import type { SignedInAgent } from '../../../src/contract/sign-in.ts'
import type { Storage } from '../../core/platform/storage.ts'
import { Waiting } from '../parts/list.tsx'
import type { Account } from './account.ts'
import { createApi } from './api.ts'
import { asProblem, type Problem } from './problem.ts'
import { createSessionTokens } from './session-tokens.ts'
import { Shell } from './shell.tsx'
import { InvitationPage } from './sign-in/invitation.tsx'
import { Outside } from './sign-in/outside.tsx'
import { SignInAgain, useSignInAgain } from './sign-in/sign-in-again.tsx'
import { SignInPage } from './sign-in/sign-in-page.tsx'

interface ConsoleProps {
  url: string
  account: Account
  storage: Storage
}

type Who =
  | { state: 'unknown' }
  | { state: 'failed'; problem: Problem }
  | { state: 'nobody' }
  | { state: 'here'; me: SignedInAgent }

/** Who is there decides what is shown. */
export function Console({ url, account, storage }: ConsoleProps) {
  const { path } = useLocation()
  const [who, setWho] = useState<Who>({ state: 'unknown' })
  const look = () => {
    setWho({ state: 'unknown' })
    account.current().then(
      (me) => setWho(me ? { state: 'here', me } : { state: 'nobody' }),
      (error: unknown) => setWho({ state: 'failed', problem: asProblem(error) }),
    )
  }
  useEffect(look, [])
  const signOut = () =>
    void account.signOut().then(
      () => setWho({ state: 'nobody' }),
      (error: unknown) => setWho({ state: 'failed', problem: asProblem(error) }),
    )

  if (path === '/console/invitation') return <InvitationPage account={account} onDone={look} />
  switch (who.state) {
    case 'unknown':
      return <Waiting />
    case 'failed':
      return (
        <Outside title="No answer">
          <p>{who.problem.message}</p>
          <button type="button" class="act main" onClick={look}>
            Try again
          </button>
        </Outside>
      )
    case 'nobody':
      return <SignInPage account={account} onSignedIn={(me) => setWho({ state: 'here', me })} />
    case 'here':
      return <SignedInConsole {...{ url, account, storage, me: who.me, signOut }} />
  }
}

function SignedInConsole({
  url,
  account,
  storage,
  me,
  signOut,
}: ConsoleProps & { me: SignedInAgent; signOut(): void }) {
  const again = useSignInAgain()
  const [tokens] = useState(() => createSessionTokens({ account, signInAgain: again.ask, now: Date.now }))
  const [api] = useState(() => createApi(url, tokens))
  return (
    <Shell {...{ url, api, tokens, account, me, storage }} onSignOut={signOut}>
      {again.isAsked && <SignInAgain account={account} me={me} onDone={again.end} />}
    </Shell>
  )
}
