const key = (resolution: string) => `deskbridge:unrated:${resolution}`

/** Whoever would rather not say is not asked again. */
export function decline(resolution: string): void {
  try {
    sessionStorage.setItem(key(resolution), '1')
  } catch {
    // The page does not ask again until it is loaded anew.
  }
}

export function declined(resolution: string): boolean {
  try {
    return sessionStorage.getItem(key(resolution)) !== null
  } catch {
    return false
  }
}
