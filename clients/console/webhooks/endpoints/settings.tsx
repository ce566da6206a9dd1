import type { ComponentChildren } from 'preact'
import type { ShownEndpoint } from '../../../../src/contract/webhook.ts'
import { Badge } from '../../parts/badge.tsx'
import { CopyText } from '../../parts/copy-text.tsx'
import { exactly } from '../../parts/when.ts'

interface EndpointSettingsProps {
  endpoint: ShownEndpoint
  onRotate(): void
  onRemove(): void
}

export const EndpointSettings = ({ endpoint, onRotate, onRemove }: EndpointSettingsProps) => (
  <section class="card" aria-labelledby="settings-title">
    <header>
      <h2 id="settings-title">Settings</h2>
    </header>
    <dl class="facts">
      <dt>Address</dt>
      <dd>{endpoint.url}</dd>
      <dt>Is told of</dt>
      <dd>
        <Words words={endpoint.events} />
      </dd>
      <dt>Inboxes</dt>
      <dd>{endpoint.inboxes.length === 0 ? 'All' : <Words words={endpoint.inboxes} />}</dd>
      <dt>Order</dt>
      <dd>{endpoint.ordered ? 'A chat’s events one after the other' : 'As they come'}</dd>
      <dt>At most</dt>
      <dd>{endpoint.ratePerSecond === null ? 'No limit' : `${endpoint.ratePerSecond} calls a second`}</dd>
      <dt>Own headers</dt>
      <dd>{endpoint.headers.length === 0 ? 'None' : <Words words={endpoint.headers} />}</dd>
      <dt>Made</dt>
      <dd>{exactly(endpoint.createdAt)}</dd>
    </dl>
    <Secrets secrets={endpoint.secrets} />
    <div class="acts">
      <button type="button" class="act" data-test="rotate" onClick={onRotate}>
        Change the secret
      </button>
      <button type="button" class="act danger-quiet" data-test="remove" onClick={onRemove}>
        Remove the endpoint
      </button>
    </div>
  </section>
)

const Words = ({ words }: { words: readonly string[] }) => (
  <span class="badges">
    {words.map((word) => (
      <code key={word}>{word}</code>
    ))}
  </span>
)

/** Those that sign each call, the newest first. */
const Secrets = ({ secrets }: Pick<ShownEndpoint, 'secrets'>) => (
  <div>
    <h3>Secrets in force</h3>
    <ul class="secrets" data-test="secrets">
      {secrets
        .filter(({ until }) => until === null || Date.parse(until) > Date.now())
        .map(({ id, scheme, publicKey, createdAt, until }) => (
          <Secret key={id} made={createdAt} until={until} publicKey={publicKey}>
            {scheme === 'v1' ? 'Shared secret' : 'Key pair'}
          </Secret>
        ))}
    </ul>
  </div>
)

interface SecretProps {
  made: string
  until: string | null
  publicKey: string | null
  children: ComponentChildren
}

const Secret = ({ made, until, publicKey, children }: SecretProps) => (
  <li>
    <span>
      {children}, made on {exactly(made)}
    </span>
    {until === null ? <Badge tone="good">In use</Badge> : <Badge tone="warn">Signs until {exactly(until)}</Badge>}
    {publicKey && <CopyText label="Public key" text={publicKey} rows={1} test="public-key" />}
  </li>
)
