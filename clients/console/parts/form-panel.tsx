import type { ComponentChildren } from 'preact'
import type { Form } from '../frame/form.ts'
import { useFrame } from '../frame/frame.ts'
import { Dialog } from './dialog.tsx'
import { FormProblem } from './form-problem.tsx'

interface FormPanelProps<T> {
  title: string
  form: Form<T>
  /** The verb on the button. */
  action: string
  onClose(): void
  onDone(): void
  /** There is nothing left to change. */
  isReadOnly?: boolean
  /** What else can be done, at the other end of the foot. */
  other?: ComponentChildren
  children: ComponentChildren
}

/** A form at the side of a list. What was typed is not thrown away without asking. */
export function FormPanel<T>({ title, form, action, onClose, onDone, isReadOnly, other, children }: FormPanelProps<T>) {
  const { ask } = useFrame()
  const close = async () => {
    if (form.isChanged && !(await ask({ title: 'Discard what you typed?', text: 'It was not saved.', yes: 'Discard' })))
      return
    onClose()
  }
  return (
    <Dialog title={title} kind="panel" onClose={() => void close()}>
      <form
        class="dialog-form"
        noValidate
        onSubmit={async (event) => {
          event.preventDefault()
          if (await form.submit()) onDone()
        }}
      >
        <div class="dialog-body">
          <FormProblem problem={form.problem} />
          {children}
        </div>
        <footer class="dialog-foot">
          {other}
          <span class="space" />
          <button type="button" class="act" onClick={() => void close()}>
            {isReadOnly ? 'Close' : 'Cancel'}
          </button>
          {!isReadOnly && (
            <button type="submit" class="act main" data-test="save" disabled={form.isBusy}>
              {form.isBusy ? 'Saving…' : action}
            </button>
          )}
        </footer>
      </form>
    </Dialog>
  )
}
