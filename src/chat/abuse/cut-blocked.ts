import type { ChatServer } from '../realtime/socket.ts'
import type { BlockSet } from './block-set.ts'
import type { Blocks } from './blocks.ts'

/** Ends this node's connections of those who were blocked since they came in; the door does not let them in again. */
export function createCutBlocked(deps: { io: ChatServer; blocks: Blocks; now(): number }): () => Promise<void> {
  let looked: BlockSet | null = null
  return async () => {
    const set = await deps.blocks.current()
    if (set === looked) return
    looked = set
    for (const { data, conn } of deps.io.of('/').sockets.values())
      if (data.suspect && set.blocks(data.suspect, deps.now())) conn.close()
  }
}
