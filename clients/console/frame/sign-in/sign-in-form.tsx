import type { SignedInAgent } from '../../../../src/contract/sign-in.ts'
import { TextField } from '../../parts/field.tsx'
import { FormProblem } from '../../parts/form-problem.tsx'
import type { Account } from '../account.ts'
import { useForm } from '../form.ts'

interface SignInFormProps {
  account: Pick<Account, 'signIn'>
  onSignedIn(me: SignedInAgent): void
}

export function SignInForm({ account, onSignedIn }: SignInFormProps) {
  const form = useForm({ email: '', password: '' }, async ({ email, password }) => {
    onSignedIn(await account.signIn(email.trim(), password))
    return null
  })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void form.submit()
      }}
    >
      <FormProblem problem={form.problem} />
      <TextField
        label="Email"
        type="email"
        autocomplete="username"
        test="email"
        value={form.value.email}
        onChange={(email) => form.set('email', email)}
        fault={form.faultAt('email')}
      />
      <TextField
        label="Password"
        type="password"
        autocomplete="current-password"
        test="password"
        value={form.value.password}
        onChange={(password) => form.set('password', password)}
        fault={form.faultAt('password')}
      />
      <button type="submit" class="act main wide" data-test="sign-in" disabled={form.isBusy}>
        {form.isBusy ? 'Signing in…' : 'Sign in'}
      </button>
    </form>
  )
}
