const keyOf = (what: 'chat' | 'greeted', inbox: string) => `deskbridge-${what}:${inbox}`

/** What the site's own storage keeps of an inbox for the next page. Where that is blocked, nothing. */
export function isRemembered(what: 'chat' | 'greeted', inbox: string): boolean {
  try {
    return keyOf(what, inbox) in localStorage
  } catch {
    return false
  }
}

export function remember(what: 'chat' | 'greeted', inbox: string, isSo: boolean): void {
  const key = keyOf(what, inbox)
  try {
    if (isSo) localStorage.setItem(key, '1')
    else localStorage.removeItem(key)
  } catch {}
}
