import { useEffect, useMemo } from 'preact/hooks'
import type { ConnectorHealth } from '../../../src/contract/connector-health.ts'
import { useFrame } from '../frame/frame.ts'
import { List } from '../parts/list.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { connectorCalls, workspaceCalls } from './calls.ts'
import { ConnectorCard } from './card.tsx'
import { ConnectorChats } from './chats.tsx'
import { useConnectors } from './standing.tsx'
import { Workspaces } from './workspaces.tsx'

export function ConnectorsPage() {
  const { api } = useFrame()
  const calls = useMemo(() => ({ ...connectorCalls(api), workspaces: workspaceCalls(api) }), [api])
  const loaded = useConnectors()
  useEffect(loaded.again, [])
  const put = (one: ConnectorHealth) => {
    loaded.set((all) => all.map((shown) => (shown.name === one.name ? one : shown)))
    // A look that was under way may not have seen it.
    loaded.again()
  }

  return (
    <>
      <PageHead
        title="Connectors"
        about="How the ways to Slack and Zendesk stand. This page keeps itself up to date while you look at it."
      />
      <List loaded={loaded} isEmpty={() => false} empty={null}>
        {(connectors) => (
          <div class="sections">
            <div class="cards">
              {connectors.map((connector) => (
                <ConnectorCard key={connector.name} connector={connector} calls={calls} onChanged={put} />
              ))}
            </div>
            <ConnectorChats connectors={connectors.filter(({ isConnected }) => isConnected)} calls={calls} />
            <Workspaces calls={calls.workspaces} isInstallable={mayInstall(connectors)} />
          </div>
        )}
      </List>
    </>
  )
}

/** Without the app's own id, no workspace can be added. */
const mayInstall = (connectors: readonly ConnectorHealth[]): boolean =>
  connectors.some(({ settings }) => settings.some(({ name, isSet }) => name === 'SLACK_CLIENT_ID' && isSet))
