import { type ComponentChildren, createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import type { ConnectorHealth } from '../../../src/contract/connector-health.ts'
import { useFrame } from '../frame/frame.ts'
import { useLive } from '../frame/live.ts'
import type { Loaded } from '../frame/load.ts'
import { connectorCalls } from './calls.ts'

/** While somebody looks at connectors, and while they do something else. ms */
const often = 4_000
const seldom = 30_000

const Standing = createContext<Loaded<readonly ConnectorHealth[]> | null>(null)

/** How the connectors stand, read once for the navigation and the page. Whoever has no part in the whole installation sees none. */
export function ConnectorStanding({ children }: { children: ComponentChildren }) {
  const { api, me } = useFrame()
  const { path } = useLocation()
  const isOfAll = me.role === 'admin' && me.inboxes.length === 0
  const everyMs = path === '/console/connectors' ? often : seldom
  const loaded = useLive<readonly ConnectorHealth[]>(
    async () => (isOfAll ? connectorCalls(api).list() : []),
    [api, isOfAll],
    isOfAll ? everyMs : null,
  )
  return <Standing.Provider value={loaded}>{children}</Standing.Provider>
}

export function useConnectors(): Loaded<readonly ConnectorHealth[]> {
  const loaded = useContext(Standing)
  if (!loaded) throw new Error('nobody reads how the connectors stand')
  return loaded
}
