import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { type Edit, edited, pathOf } from './edit.ts'

/** From here on the service's modules are loaded with these edits. */
export function loadEdited(edits: readonly Edit[]): void {
  const files = new Set(edits.map(({ file }) => file))
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context)
      if (!url.startsWith('file:')) return loaded
      const path = pathOf(fileURLToPath(url))
      if (!files.has(path)) return loaded
      return { ...loaded, source: edited(readFileSync(fileURLToPath(url), 'utf8'), path, edits) }
    },
  })
}
