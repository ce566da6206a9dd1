import { Icon } from '../frame/icon.tsx'
import { CopyText } from './copy-text.tsx'
import { Dialog } from './dialog.tsx'

interface SecretDialogProps {
  title: string
  /** What it is for, and where to put it. */
  about: string
  label: string
  secret: string
  warning?: string
  /** On the button. */
  done?: string
  onClose(): void
}

const toKeep = 'You will not see this again. Keep it where you keep passwords.'

/** Shown this once: a stray Esc does not take it away. */
export const SecretDialog = ({
  title,
  about,
  label,
  secret,
  warning = toKeep,
  done = 'I have kept it',
  onClose,
}: SecretDialogProps) => (
  <Dialog title={title} kind="question" onClose={null}>
    <div class="dialog-body">
      <p>{about}</p>
      <CopyText label={label} text={secret} test="secret" />
      <div class="notice warn">
        <Icon name="warn" />
        <p>{warning}</p>
      </div>
    </div>
    <footer class="dialog-foot">
      <button type="button" class="act main" data-test="kept" onClick={onClose}>
        {done}
      </button>
    </footer>
  </Dialog>
)
