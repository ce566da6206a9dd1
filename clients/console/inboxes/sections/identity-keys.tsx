import { useMemo, useState } from 'preact/hooks'
import type { CreatedIdentityKey, ShownIdentityKey } from '../../../../src/contract/identity.ts'
import { useFrame } from '../../frame/frame.ts'
import { Icon } from '../../frame/icon.tsx'
import { useLoad } from '../../frame/load.ts'
import { asProblem } from '../../frame/problem.ts'
import { Ago } from '../../parts/ago.tsx'
import { SecretDialog } from '../../parts/secret-dialog.tsx'
import { identityKeyCalls } from '../calls.ts'

/** Made and taken back at once, whatever else is not saved yet. */
export function IdentityKeys({ inbox }: { inbox: string }) {
  const { api, ask, tell } = useFrame()
  const calls = useMemo(() => identityKeyCalls(api, inbox), [api, inbox])
  const { data: keys, again } = useLoad(calls.list, [calls])
  const [created, setCreated] = useState<CreatedIdentityKey | null>(null)
  const complain = (error: unknown) => tell(asProblem(error).message, 'problem')
  const create = () =>
    calls.create({ algorithm: 'HS256', name: null }).then((key) => {
      setCreated(key)
      again()
    }, complain)
  const revoke = async ({ kid }: ShownIdentityKey) => {
    const text = 'What it has signed counts no longer: visitors whom the site identifies with it are strangers.'
    if (await ask({ title: `Take the key ${kid} back?`, text, yes: 'Take it back', isDangerous: true }))
      await calls.revoke(kid).then(again, complain)
  }

  return (
    <div class="field">
      <span class="field-name">Identity keys</span>
      <ul class="small-list">
        {(keys ?? []).map((key) => (
          <li key={key.kid}>
            <code>{key.kid}</code> {key.algorithm}
            <span class="muted">
              {key.lastUsedAt ? (
                <>
                  used <Ago at={key.lastUsedAt} />
                </>
              ) : (
                'never used'
              )}
            </span>
            <button type="button" class="plain" aria-label={`Take back ${key.kid}`} onClick={() => void revoke(key)}>
              <Icon name="cross" />
            </button>
          </li>
        ))}
      </ul>
      <div>
        <button type="button" class="act" data-test="new-identity-key" onClick={() => void create()}>
          <Icon name="plus" />
          Make a secret
        </button>
      </div>
      <p class="hint">Public keys (RS256, EdDSA) are given by the API.</p>
      {created?.secret && (
        <SecretDialog
          title="Identity secret"
          about={`The site’s backend signs its visitors’ tokens with it (HS256, kid ${created.kid}).`}
          label="The secret"
          secret={created.secret}
          onClose={() => setCreated(null)}
        />
      )}
    </div>
  )
}
