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
  // Pages that are not served over TLS have no locks; there two tabs that begin in one moment begin two chats.
  alone: (name, task) => ('locks' in navigator ? navigator.locks.request(`${prefix}:${name}`, task) : task()),
})
