import { useForm } from '../frame/form.ts'
import { useFrame } from '../frame/frame.ts'
import { TextField } from '../parts/field.tsx'
import { FormProblem } from '../parts/form-problem.tsx'

const empty = { current: '', password: '' }

export function PasswordCard() {
  const { account, tell } = useFrame()
  const form = useForm(empty, async ({ current, password }) => {
    await account.changePassword(current, password)
    return empty
  })
  const { value, set, faultAt } = form
  return (
    <form
      class="card"
      noValidate
      aria-labelledby="password"
      onSubmit={async (event) => {
        event.preventDefault()
        if (await form.submit()) tell('Your password was changed. Other browsers are signed out.')
      }}
    >
      <header>
        <h2 id="password">Password</h2>
        <p>Changing it signs out every other browser.</p>
      </header>
      <FormProblem problem={form.problem} />
      <TextField
        label="Current password"
        type="password"
        autocomplete="current-password"
        test="current"
        value={value.current}
        onChange={(current) => set('current', current)}
        fault={faultAt('current')}
      />
      <TextField
        label="New password"
        type="password"
        autocomplete="new-password"
        test="new-password"
        hint="12 characters or more."
        value={value.password}
        onChange={(password) => set('password', password)}
        fault={faultAt('password') && 'It needs 12 characters or more.'}
      />
      <div>
        <button type="submit" class="act main" data-test="change-password" disabled={form.isBusy}>
          {form.isBusy ? 'Changing…' : 'Change it'}
        </button>
      </div>
    </form>
  )
}
