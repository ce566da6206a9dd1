import { useRef, useState } from 'preact/hooks'
import type { SignedInAgent } from '../../../../src/contract/sign-in.ts'
import { deferred } from '../../../core/platform/deferred.ts'
import { Dialog } from '../../parts/dialog.tsx'
import type { Account } from '../account.ts'
import { SignInForm } from './sign-in-form.tsx'

/** The session ended while somebody works: what they typed stays behind the dialog, and what they asked for is done after. */
export function useSignInAgain() {
  const [isAsked, setIsAsked] = useState(false)
  const waiting = useRef<{ asked: Promise<void>; done(): void } | null>(null)

  const [ask] = useState(() => (): Promise<void> => {
    if (waiting.current) return waiting.current.asked
    const { promise, resolve } = deferred<void>()
    waiting.current = { asked: promise, done: resolve }
    setIsAsked(true)
    return promise
  })
  const end = () => {
    waiting.current?.done()
    waiting.current = null
    setIsAsked(false)
  }
  return { ask, isAsked, end }
}

interface AgainProps {
  account: Account
  me: SignedInAgent
  onDone(): void
}

export const SignInAgain = ({ account, me, onDone }: AgainProps) => (
  <Dialog title="Sign in again" kind="question" onClose={null}>
    <div class="dialog-body">
      <p>Your session is over. Nothing that you typed is lost.</p>
      <SignInForm
        account={account}
        // What somebody else may do is another page.
        onSignedIn={(next) => (next.id === me.id ? onDone() : location.reload())}
      />
    </div>
  </Dialog>
)
