import type { BridgeHealth } from '../bridge/health/health.ts'
import type { ConnectorHealth, Setting } from '../contract/connector-health.ts'

interface ReadDeps {
  health: Pick<BridgeHealth, 'names' | 'of'>
  settings: Readonly<Record<string, readonly Setting[]>>
}

/** How a destination stands, whether it is connected or could be. */
export async function readConnector(deps: ReadDeps, name: string): Promise<ConnectorHealth> {
  const { health, settings } = deps
  const own = [...(settings[name] ?? [])]
  if (!health.names().includes(name)) return { ...nothing, name, settings: own, state: off(name) }
  return { ...(await health.of(name)), isConnected: true, settings: own }
}

const none = { count: 0, isMore: false }

/** What waited when its settings were taken away waits for their return, and is counted then. */
const nothing = {
  isConnected: false,
  places: [],
  behind: { chats: none, events: 0, oldestSince: null },
  callsUnderWay: 0,
  stopped: { chats: none, isolated: 0 },
  lastSuccessAt: null,
  lastHeardAt: null,
  lastFailures: [],
  budgets: [],
}

const off = (name: string) => ({
  kind: 'off' as const,
  next: `Set its variables and start the service again: docs/${name}.md.`,
})
