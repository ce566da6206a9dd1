import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { TextField } from '../../parts/field.tsx'
import { FormProblem } from '../../parts/form-problem.tsx'
import type { Account } from '../account.ts'
import { useForm } from '../form.ts'
import { Outside } from './outside.tsx'

/** Where an invitation's link leads. Its token stands behind `#`, which no server and no log sees. */
export function InvitationPage({ account, onDone }: { account: Account; onDone(): void }) {
  const { route } = useLocation()
  const [token] = useState(() => location.hash.slice(1))
  const form = useForm({ password: '' }, async ({ password }) => {
    await account.takeInvitation(token, password)
    return null
  })
  const [isDone, setIsDone] = useState(false)
  if (isDone)
    return (
      <Outside title="Your password is set">
        <p>Sign in with it and your email.</p>
        <button
          type="button"
          class="act main wide"
          onClick={() => {
            onDone()
            route('/console', true)
          }}
        >
          Sign in
        </button>
      </Outside>
    )
  return (
    <Outside title="Choose your password">
      <form
        noValidate
        onSubmit={async (event) => {
          event.preventDefault()
          if (await form.submit()) setIsDone(true)
        }}
      >
        <FormProblem problem={form.problem} />
        <TextField
          label="New password"
          type="password"
          autocomplete="new-password"
          hint="12 characters or more. A few words in a row are easy to remember."
          test="password"
          value={form.value.password}
          onChange={(password) => form.set('password', password)}
          fault={form.faultAt('password') && 'It needs 12 characters or more.'}
        />
        <button type="submit" class="act main wide" data-test="save" disabled={form.isBusy}>
          Set it
        </button>
      </form>
    </Outside>
  )
}
