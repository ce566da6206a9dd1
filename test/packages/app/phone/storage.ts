/** What stays on the phone while the app is not running. */
const items = new Map<string, string>()

type Done<T = void> = (errors: null, result?: T) => void

export const asyncStorage = {
  multiGet: (keys: readonly string[], done: Done<[string, string | null][]>) =>
    setTimeout(
      () =>
        done(
          null,
          keys.map((key) => [key, items.get(key) ?? null]),
        ),
      0,
    ),
  multiSet: (pairs: readonly [string, string][], done: Done) =>
    setTimeout(() => {
      for (const [key, value] of pairs) items.set(key, value)
      done(null)
    }, 0),
  multiRemove: (keys: readonly string[], done: Done) =>
    setTimeout(() => {
      for (const key of keys) items.delete(key)
      done(null)
    }, 0),
  getAllKeys: (done: Done<string[]>) => setTimeout(() => done(null, [...items.keys()]), 0),
}

/** As new from the shop. */
export const forgetAll = () => items.clear()
