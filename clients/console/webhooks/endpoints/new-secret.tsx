import type { CreatedEndpoint } from '../../../../src/contract/webhook.ts'
import { CopyText } from '../../parts/copy-text.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { SecretDialog } from '../../parts/secret-dialog.tsx'
import { partsOf } from '../address.ts'

interface NewSecretProps {
  created: CreatedEndpoint
  onClose(): void
}

/** What the receiver verifies calls with. Of a key pair that is the public one, which anybody may see. */
export function NewSecret({ created: { url, secret, secrets }, onClose }: NewSecretProps) {
  const { host } = partsOf(url)
  const publicKey = secrets[0]?.publicKey ?? null
  if (publicKey === null)
    return (
      <SecretDialog
        title={`Secret for ${host}`}
        about="The receiver verifies with it that a call comes from here and was not changed on its way."
        label="The secret"
        secret={secret}
        onClose={onClose}
      />
    )
  return (
    <Dialog title={`Public key for ${host}`} kind="question" onClose={onClose}>
      <div class="dialog-body">
        <p>The receiver verifies calls with it. It is no secret, and stands in the endpoint’s settings.</p>
        <CopyText label="The public key" text={publicKey} test="public-key" />
      </div>
      <footer class="dialog-foot">
        <button type="button" class="act main" data-test="kept" onClick={onClose}>
          Done
        </button>
      </footer>
    </Dialog>
  )
}
