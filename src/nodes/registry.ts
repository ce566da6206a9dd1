import { type Connection, Schema } from 'mongoose'
import type { ShownNode } from '../contract/node.ts'

/** What a process says of itself for as long as it lives. */
export type NodeIdentity = Pick<ShownNode, 'id' | 'role' | 'version' | 'host' | 'pid' | 'capacity'> & {
  startedAt: Date
}

export interface SignOfLife {
  state: 'ready' | 'draining'
  connections: ShownNode['connections']
}

interface StoredNode extends Omit<NodeIdentity, 'id'>, SignOfLife {
  _id: string
  seenAt: Date
}

/** Whoever asks why a process is gone finds it for so long. */
const rememberedMs = 3_600_000

const schema = new Schema({ _id: String }, { versionKey: false, strict: false })
schema.index({ seenAt: 1 }, { expireAfterSeconds: rememberedMs / 1_000 })
export const nodeModel = (connection: Connection) => connection.model('Node', schema, 'nodes')

/** Every process of the installation, as each last said of itself. */
export interface Registry {
  say(node: NodeIdentity, sign: SignOfLife): Promise<void>
  /** It ended as it should. */
  remove(id: string): Promise<void>
  /** The longest running first. */
  list(): Promise<ShownNode[]>
}

export function createRegistry(deps: { connection: Connection; heartbeatMs: number; now(): number }): Registry {
  const { connection, heartbeatMs, now } = deps
  const nodes = connection.collection<StoredNode>('nodes')

  return {
    async say({ id, ...node }, sign) {
      await nodes.updateOne({ _id: id }, { $set: { ...node, ...sign, seenAt: new Date(now()) } }, { upsert: true })
    },
    async remove(id) {
      await nodes.deleteOne({ _id: id })
    },
    async list() {
      // The store takes away what is over when it comes to it.
      const remembered = { seenAt: { $gt: new Date(now() - rememberedMs) } }
      const found = await nodes.find(remembered).sort({ startedAt: 1, _id: 1 }).toArray()
      return found.map((node) => shown(node, now() - node.seenAt.getTime() > 2 * heartbeatMs))
    },
  }
}

const shown = ({ _id, state, startedAt, seenAt, ...node }: StoredNode, isGone: boolean): ShownNode => ({
  id: _id,
  ...node,
  state: isGone ? 'gone' : state,
  startedAt: startedAt.toISOString(),
  seenAt: seenAt.toISOString(),
})
