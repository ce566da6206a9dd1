import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type LineCounter, type Node } from 'yaml'

/** `isThere`: false for what the file does not have; the place is then that of what should have it. */
export interface Position {
  line: number
  column: number
  isThere: boolean
}

/** Where a setting stands, from 1. `of: 'name'`: where its name does. */
export function positionOf(
  document: Document,
  lines: LineCounter,
  path: readonly PropertyKey[],
  of: 'name' | 'value' = 'value',
): Position {
  let node: Node | null = document.contents
  for (const [index, step] of path.entries()) {
    const inside = childOf(isAlias(node) ? (node.resolve(document) ?? null) : node, step)
    if (!inside) return at(lines, node, false)
    const isLast = index === path.length - 1
    node = (isLast && of === 'name' && inside.name) || inside.value || inside.name
  }
  return at(lines, node, true)
}

interface Child {
  name: Node | null
  value: Node | null
}

function childOf(node: Node | null, step: PropertyKey): Child | null {
  if (isSeq(node)) {
    const item = node.items[Number(step)]
    return isNode(item) ? { name: null, value: item } : null
  }
  if (!isMap(node)) return null
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
  return pair ? { name: nodeOf(pair.key), value: nodeOf(pair.value) } : null
}

const nodeOf = (value: unknown): Node | null => (isNode(value) ? value : null)

function at(lines: LineCounter, node: Node | null, isThere: boolean): Position {
  const { line, col } = lines.linePos(node?.range?.[0] ?? 0)
  // A file without anything in it has no lines.
  return { line: Math.max(line, 1), column: Math.max(col, 1), isThere }
}
