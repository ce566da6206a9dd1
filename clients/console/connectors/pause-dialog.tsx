import type { ConnectorHealth } from '../../../src/contract/connector-health.ts'
import { useForm } from '../frame/form.ts'
import { Dialog } from '../parts/dialog.tsx'
import { TextField } from '../parts/field.tsx'
import { FormProblem } from '../parts/form-problem.tsx'

interface PauseDialogProps {
  title: string
  pause(reason: string): Promise<ConnectorHealth>
  onClose(): void
  onPaused(connector: ConnectorHealth): void
}

export function PauseDialog({ title, pause, onClose, onPaused }: PauseDialogProps) {
  const { value, set, submit, problem, faultAt, isBusy } = useForm({ reason: '' }, async ({ reason }) => {
    onPaused(await pause(reason.trim()))
    return null
  })
  return (
    <Dialog title={`Pause ${title}?`} kind="question" onClose={onClose}>
      <form
        class="dialog-form"
        noValidate
        onSubmit={async (event) => {
          event.preventDefault()
          if (await submit()) onClose()
        }}
      >
        <div class="dialog-body">
          <FormProblem problem={problem} />
          <p>
            Nothing goes there until somebody resumes it. Chats go on, what is written waits in its order, and what
            people write in {title} is taken in.
          </p>
          <TextField
            label="Reason"
            hint="For your colleagues, such as: the channel moves."
            isOptional
            test="reason"
            value={value.reason}
            onChange={(reason) => set('reason', reason)}
            fault={faultAt('reason')}
          />
        </div>
        <footer class="dialog-foot">
          <button type="button" class="act" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="act main" data-test="yes" disabled={isBusy}>
            Pause
          </button>
        </footer>
      </form>
    </Dialog>
  )
}
