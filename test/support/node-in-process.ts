/** A node in a process of its own, forked with its options as JSON; sends its address, then what it holds in memory whenever it is asked, and serves until it is killed or its parent is gone. */
import { aNode } from './chat-node.ts'

process.on('disconnect', () => process.exit())
const node = await aNode(JSON.parse(process.argv[2] ?? '{}'))
process.send?.(node.url)
process.on('message', () => {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  process.send?.(heapUsed + external)
})
