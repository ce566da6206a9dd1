import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import type { SignedInAgent } from '../../../../src/contract/sign-in.ts'
import { CopyText } from '../../parts/copy-text.tsx'
import type { Account } from '../account.ts'
import { useLoad } from '../load.ts'
import { asProblem } from '../problem.ts'
import { Outside } from './outside.tsx'
import { SignInForm } from './sign-in-form.tsx'

interface SignInPageProps {
  account: Account
  onSignedIn(me: SignedInAgent): void
}

/** Why the provider’s way ended without a session: docs/sign-in.md. */
const refusals: Readonly<Record<string, string>> = {
  signup_disabled: 'There is no account here with that email. Ask an administrator for one.',
  account_not_linked: 'The provider has not verified your email.',
  unable_to_create_session: 'Your account here is not active.',
}

export function SignInPage({ account, onSignedIn }: SignInPageProps) {
  const { query, url } = useLocation()
  const { data: ways } = useLoad(account.ways, [])
  const [problem, setProblem] = useState<string | null>(
    query.error ? (refusals[query.error] ?? 'Signing in through the provider did not work.') : null,
  )
  const throughProvider = () =>
    account
      .providerAddress(withoutError(url))
      .then((address) => location.assign(address))
      .catch((error: unknown) => setProblem(asProblem(error).message))

  if (ways?.isFirstStart) return <FirstStart />
  return (
    <Outside title="Sign in to Deskbridge">
      {problem && (
        <p class="notice bad" role="alert">
          {problem}
        </p>
      )}
      {ways?.provider && (
        <>
          <button type="button" class="act wide" onClick={() => void throughProvider()}>
            Continue with {ways.provider}
          </button>
          <p class="or">or</p>
        </>
      )}
      <SignInForm account={account} onSignedIn={onSignedIn} />
    </Outside>
  )
}

const command = 'bin/deskbridge user add --name "Your Name" --email you@example.com --role admin'

const FirstStart = () => (
  <Outside title="Welcome to Deskbridge">
    <p>There is no administrator yet. Make the first one where the service runs. It prints a password, once:</p>
    <CopyText label="The command" text={command} rows={3} />
    <button type="button" class="act main wide" onClick={() => location.reload()}>
      I have made one
    </button>
  </Outside>
)

function withoutError(url: string): string {
  const { pathname, searchParams } = new URL(url, location.origin)
  searchParams.delete('error')
  return searchParams.size > 0 ? `${pathname}?${searchParams}` : pathname
}
