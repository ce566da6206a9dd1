/** A node in a process of its own, forked with its options as JSON; sends its address and serves until it is killed or its parent is gone. */
import { aNode } from './chat-node.ts'

process.on('disconnect', () => process.exit())
const node = await aNode(JSON.parse(process.argv[2] ?? '{}'))
process.send?.(node.url)
