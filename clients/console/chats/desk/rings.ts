import type { ListedChat } from '../../../../src/contract/lists.ts'

/** As many lines as are asked for at once. */
const atOnce = 50
/** Rings that come within this are answered together. */
const togetherMs = 40
const againMs = 2_000

/** What a ring is about is read: each line once for all rings of a moment, one reading at a time, and again if it failed. */
export function createRings(deps: {
  read(ids: readonly string[]): Promise<readonly ListedChat[]>
  put(found: readonly ListedChat[], asked: readonly string[]): void
  later(task: () => void, ms: number): void
}): (ids: readonly string[]) => void {
  const rung = new Set<string>()
  let isReading = false

  const ring = (ids: readonly string[]) => {
    for (const id of ids) rung.add(id)
    if (!isReading) deps.later(() => void answer(), togetherMs)
  }
  const answer = async (): Promise<void> => {
    if (isReading) return
    isReading = true
    try {
      while (rung.size > 0) await answerSome([...rung].slice(0, atOnce))
    } finally {
      isReading = false
    }
  }
  const answerSome = async (ids: readonly string[]): Promise<void> => {
    for (const id of ids) rung.delete(id)
    const found = await deps.read(ids).catch(() => null)
    if (found) deps.put(found, ids)
    else deps.later(() => ring(ids), againMs)
  }
  return ring
}
