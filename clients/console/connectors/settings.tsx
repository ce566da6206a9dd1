import type { ConnectorHealth } from '../../../src/contract/connector-health.ts'

/** By which variables it is connected, or which there are. */
export function Settings({ connector: { isConnected, settings } }: { connector: ConnectorHealth }) {
  const shown = settings.filter(({ isSet }) => isSet || !isConnected)
  return (
    <div class="settings">
      <h3>{isConnected ? 'Connected by' : 'Its variables'}</h3>
      <ul class="badges">
        {shown.map(({ name, isSet }) => (
          <li key={name}>
            <code>{name}</code>
            {!isConnected && <span class="muted"> {isSet ? 'is set' : 'is not set'}</span>}
          </li>
        ))}
      </ul>
    </div>
  )
}
