/** What a key press means. `go`: the letter of a page. */
export type Shortcut = { do: 'search' } | { do: 'help' } | { do: 'go'; letter: string } | { do: 'wait' } | null

/** After `g` the letter of a page is waited for so long. ms */
const patience = 1_500

export interface Press {
  key: string
  /** With Ctrl, Alt or Meta it is the browser's. */
  hasModifier: boolean
  /** Somebody writes, or answers a dialog. */
  isTaken: boolean
  at: number
}

/** `since`: when `g` was pressed last; null: it was not. */
export function shortcutFor(press: Press, since: number | null): Shortcut {
  if (press.isTaken || press.hasModifier) return null
  if (since !== null && press.at - since <= patience && /^[a-z]$/.test(press.key))
    return { do: 'go', letter: press.key }
  if (press.key === '/') return { do: 'search' }
  if (press.key === '?') return { do: 'help' }
  return press.key === 'g' ? { do: 'wait' } : null
}

const writing = 'input, textarea, select, [contenteditable], dialog[open]'

export const pressOf = (event: KeyboardEvent, at: number): Press => ({
  key: event.key,
  hasModifier: event.ctrlKey || event.altKey || event.metaKey,
  isTaken: event.isComposing || (event.target instanceof Element && event.target.closest(writing) !== null),
  at,
})
