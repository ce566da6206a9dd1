/** What stays on the phone while the app is not running. */
const items = new Map<string, string>()

/** As new from the shop. */
export const forgetAll = () => items.clear()

type Done<T = void> = (errors: null, result?: T) => void

/** Never answers before the question has returned; and at once, so that an app that is ended has written all. */
const answer = <T = void>(done: Done<T>, result?: T): void => queueMicrotask(() => done(null, result))

export const asyncStorage = {
  multiGet: (keys: readonly string[], done: Done<[string, string | null][]>) =>
    answer(
      done,
      keys.map((key) => [key, items.get(key) ?? null]),
    ),
  multiSet(pairs: readonly [string, string][], done: Done) {
    for (const [key, value] of pairs) items.set(key, value)
    answer(done)
  },
  multiRemove(keys: readonly string[], done: Done) {
    for (const key of keys) items.delete(key)
    answer(done)
  },
  getAllKeys: (done: Done<string[]>) => answer(done, [...items.keys()]),
}
