import { readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

/** A change of the service's own text, made while it is loaded: nothing of it is in the service itself. */
export interface Edit {
  /** From the project's root. */
  file: string
  find: string
  replace: string
}

const root = resolve(import.meta.dirname, '..', '..')

export const pathOf = (file: string): string => relative(root, file).replaceAll('\\', '/')

/** Throws when the text has moved on, so that a break which no longer breaks anything is noticed. */
export function edited(text: string, path: string, edits: readonly Edit[]): string {
  return edits
    .filter(({ file }) => file === path)
    .reduce((before, { find, replace }) => {
      const parts = before.split(find)
      if (parts.length !== 2) throw new Error(`${path} has ${parts.length - 1} places, not one, with: ${find}`)
      return parts.join(replace)
    }, text)
}

/** That each edit still finds its one place. */
export function checkEdits(edits: readonly Edit[]): void {
  for (const file of new Set(edits.map((edit) => edit.file)))
    edited(readFileSync(join(root, file), 'utf8'), file, edits)
}
