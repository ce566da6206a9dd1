import type { StartSessionInput } from '../../../src/contract/chat.ts'
import type { ErrorBody } from '../../../src/contract/errors.ts'
import type { Retry } from '../line/retry.ts'
import { Refused, type Transport } from '../line/transport.ts'
import { passes } from '../outbox/passing.ts'
import type { Storage } from '../platform/storage.ts'
import type { Tabs } from './tabs.ts'

/** The chat that a browser is in, and what opens it. */
export interface Saved {
  sessionId: string
  token: string
  /** When the token came, by this machine's clock. */
  at: number
}

/** Which chat it is: kept over reloads, shared by the tabs, begun once. */
export interface Visit {
  saved(): Saved | null
  /** What another tab may have begun or ended. */
  reread(): void
  /** Begins one, with the first message that waits. Nothing where it has begun. */
  begin(): Promise<void>
  /** Of an earlier chat, as long as there is none: it proves who begins the next. */
  earlier(): string | undefined
  /** It cannot go on, unless it is another by now. `earlier`: its token proves who begins the next. */
  forget(how: { earlier: boolean }): void
  /** On to another chat of the same visitor. */
  move(to: Saved): void
  /** Another token for the same chat. */
  keepToken(sessionId: string, token: string): void
  /** A fresh token while the one that is there still counts. */
  renew(): Promise<void>
}

interface VisitDeps {
  transport: Transport
  storage: Storage
  key: string
  tabs: Tabs
  retry: Retry
  /** `again`: nobody knows whether one was begun with what was said before. */
  about(again: boolean): StartSessionInput
  newId(): string
  now(): number
  /** `refused`: the server will not begin one like this. `offline` with a refusal: not yet. */
  changed(how: 'connecting' | 'offline' | 'refused', refusal: ErrorBody | null): void
  begun(saved: Saved): void
}

/** A token is good for 30 days. ms */
const renewAfter = 7 * 86_400_000

export function createVisit(deps: VisitDeps): Visit {
  const { transport, storage, key, tabs, retry, now } = deps
  /** For all tabs: any of them may begin the next. */
  const earlierKey = `${key}:earlier`
  /** For all tabs and over reloads, until there is an answer: what was begun under it is not begun twice. */
  const startKeyAt = `${key}:start`
  let saved = readSaved(storage.getItem(key))
  let isBeginning = false

  const keep = (next: Saved) => {
    saved = next
    storage.setItem(key, JSON.stringify(next))
  }
  const earlier = () => storage.getItem(earlierKey) ?? undefined
  const reread = () => {
    saved = readSaved(storage.getItem(key))
  }

  const start = async () => {
    reread()
    if (saved) return saved
    const before = storage.getItem(startKeyAt)
    const startKey = before ?? deps.newId()
    storage.setItem(startKeyAt, startKey)
    const { sessionId, token } = await transport.start({ ...deps.about(before !== null), startKey }, earlier())
    keep({ sessionId, token, at: now() })
    storage.removeItem(startKeyAt)
    storage.removeItem(earlierKey)
    return saved
  }

  const begin = async () => {
    if (saved || isBeginning) return
    isBeginning = true
    deps.changed('connecting', null)
    const started = await tabs.alone('start', start).catch((error: unknown) => error)
    isBeginning = false
    if (saved) return deps.begun(saved)
    const refusal = started instanceof Refused ? started.refusal : null
    if (refusal && !passes(refusal)) return deps.changed('refused', refusal)
    deps.changed('offline', refusal)
    retry.again(begin, refusal?.retryAfterMs)
  }

  return {
    saved: () => saved,
    reread,
    earlier,
    begin,
    forget(how) {
      const own = saved
      reread()
      if (!own || saved?.sessionId !== own.sessionId) return
      if (how.earlier) storage.setItem(earlierKey, own.token)
      else storage.removeItem(earlierKey)
      saved = null
      storage.removeItem(key)
    },
    move: keep,
    keepToken(sessionId, token) {
      reread()
      if (saved?.sessionId === sessionId) keep({ sessionId, token, at: now() })
    },
    async renew() {
      // Also one of the future: the clock was set right since.
      if (!saved || Math.abs(now() - saved.at) < renewAfter) return
      const { sessionId, token } = saved
      const call = { method: 'POST', path: `/sessions/${sessionId}/token`, token, body: {} } as const
      const answer = await transport.call<{ token: string }>(call).catch(() => null)
      // One that came with an email's link leads to no other.
      reread()
      if (answer?.ok && saved?.token === token) keep({ sessionId, token: answer.token, at: now() })
    },
  }
}

function readSaved(text: string | null): Saved | null {
  try {
    const { sessionId, token, at }: Partial<Record<string, unknown>> = Object(JSON.parse(text ?? 'null'))
    if (typeof sessionId !== 'string' || typeof token !== 'string') return null
    return { sessionId, token, at: typeof at === 'number' ? at : 0 }
  } catch {
    return null
  }
}
