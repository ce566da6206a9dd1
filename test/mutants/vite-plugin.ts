import type { Plugin } from 'vitest/config'
import { edited, pathOf } from './edit.ts'
import { chosenEdits } from './mutants.ts'

/** Tests in this process meet the mutant that `DESKBRIDGE_MUTANT` names. */
export function withMutant(): Plugin {
  const edits = chosenEdits()
  return {
    name: 'mutant',
    enforce: 'pre',
    transform(text, id) {
      const path = pathOf(id)
      return edits.some(({ file }) => file === path) ? edited(text, path, edits) : null
    },
  }
}
