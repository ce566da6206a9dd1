/** What the tabs of one browser know of each other. */
export interface Tabs {
  /** Another tab has changed what is kept. */
  onChange(listener: () => void): () => void
  /** Runs while no other tab runs something of this name. */
  alone<T>(name: string, task: () => Promise<T>): Promise<T>
}

/** Where there is only one: an app, a test. */
export const oneTab: Tabs = { onChange: () => () => {}, alone: (_name, task) => task() }

/** `prefix`: of what is kept for this chat. */
export const browserTabs = (prefix: string): Tabs => ({
  onChange(listener) {
    const heard = ({ key }: StorageEvent) => (key === null || key.startsWith(prefix)) && listener()
    addEventListener('storage', heard)
    return () => removeEventListener('storage', heard)
  },
  alone(name, task) {
    // Pages that are not served over TLS have no locks; there two tabs that begin in one moment begin two chats.
    if (!('locks' in navigator)) return task()
    let isRunning = false
    const run = () => {
      isRunning = true
      return task()
    }
    // Where a site's storage is blocked, so are its locks.
    return navigator.locks.request(`${prefix}:${name}`, run).catch((error: unknown) => {
      if (isRunning) throw error
      return task()
    })
  },
})
