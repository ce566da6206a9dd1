import { CopyText } from '../parts/copy-text.tsx'
import { Dialog } from '../parts/dialog.tsx'

/** For whoever administers the workspace. */
export const InstallLinkDialog = ({ url, onClose }: { url: string; onClose(): void }) => (
  <Dialog title="Add a workspace" kind="question" onClose={onClose}>
    <div class="dialog-body">
      <p>
        Open this address, choose the workspace and click Allow, or hand it to somebody who administers it. It is good
        once, and for an hour.
      </p>
      <CopyText label="The address" text={url} rows={3} test="install-link" />
      <p class="muted">Then invite the app to a channel there, and name that channel in an inbox.</p>
    </div>
    <footer class="dialog-foot">
      <button type="button" class="act main" onClick={onClose}>
        Done
      </button>
    </footer>
  </Dialog>
)
