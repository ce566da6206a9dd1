import { oneByOne } from '../platform/one-by-one.ts'
import { every } from '../platform/periodic.ts'
import type { NodeIdentity, Registry, SignOfLife } from './registry.ts'

/** This process in the registry. */
export interface StandingNode {
  /** It takes nobody new. */
  draining(): Promise<void>
  /** After it the process is not listed any more. */
  leave(): Promise<void>
}

/** Says every heartbeat who this process is and how much it carries. */
export function standUp(deps: {
  registry: Registry
  node: NodeIdentity
  connections(): SignOfLife['connections']
  heartbeatMs: number
  onError(error: unknown): void
}): StandingNode {
  const { registry, node, onError } = deps
  let state: SignOfLife['state'] = 'ready'
  // Or a heartbeat that takes long would overwrite what was said after it.
  const say = oneByOne(() => registry.say(node, { state, connections: deps.connections() }))
  const heartbeat = every(deps.heartbeatMs, say, onError)
  return {
    async draining() {
      state = 'draining'
      await say().catch(onError)
    },
    async leave() {
      await heartbeat.stop()
      await registry.remove(node.id).catch(onError)
    },
  }
}
