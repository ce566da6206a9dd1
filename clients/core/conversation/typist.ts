import type { ServerToClient } from '../../../src/contract/socket.ts'

/** Whoever types is told again every few seconds; what is told after that was lost. ms */
const lastsMs = 6_000

/** Empty name: it is not known. */
export interface Typing {
  side: 'visitor' | 'agent'
  name: string
}

type Told = Pick<Parameters<ServerToClient['user_typing']>[0], 'userId' | 'userType' | 'name' | 'isTyping'>

/** Who is typing, as long as they are. */
export interface Typist {
  told(what: Told): void
  /** They have written. */
  wrote(userId: string): void
  forget(): void
}

export function createTypist(deps: {
  later(task: () => void, ms: number): void
  show(typing: Typing | null): void
}): Typist {
  let typing: string | null = null
  let told = 0

  const stopped = (userId: string | null) => {
    if (userId === null || userId !== typing) return
    typing = null
    deps.show(null)
  }
  return {
    told({ userId, userType, name, isTyping }) {
      if (!isTyping) return stopped(userId)
      typing = userId
      told += 1
      const number = told
      deps.show({ side: userType, name: name ?? '' })
      deps.later(() => number === told && stopped(userId), lastsMs)
    },
    wrote: stopped,
    forget: () => stopped(typing),
  }
}
