import { useState } from 'preact/hooks'

/** One for each chat that a tab can have open: they differ by their address. */
const key = `deskbridge:draft:${globalThis.location?.pathname}${globalThis.location?.search}`

/** What is written and not sent yet: kept over a reload, by this tab alone. */
export function useDraft(): [string, (text: string) => void] {
  const [text, setText] = useState(read)
  return [
    text,
    (next) => {
      setText(next)
      keep(next)
    },
  ]
}

/** Where a site's storage is blocked, it lives as long as the page. */
function read(): string {
  try {
    return sessionStorage.getItem(key) ?? ''
  } catch {
    return ''
  }
}

function keep(text: string): void {
  try {
    if (text === '') sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, text)
  } catch {
    // There is no storage, or no room in it.
  }
}
