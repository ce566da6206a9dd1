/** A thread in which nothing has happened for less than `quietFor` is compared with the remote every `every`. ms */
export interface LookAgain {
  quietFor: number
  every: number
}

/** When to compare a thread with the remote again although nothing arrives; never once it has been quiet for too long. */
export function nextLook(looks: readonly LookAgain[], now: number, activeAt: number): number {
  const look = looks.find(({ quietFor }) => now - activeAt < quietFor)
  return look ? now + look.every : Number.MAX_SAFE_INTEGER
}
