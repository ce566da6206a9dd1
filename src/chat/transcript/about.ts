import type { Inboxes } from '../inboxes/inboxes.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { localTime } from './local-time.ts'
import type { About } from './rendering.ts'

/** What stands above a transcript, on the visitor's clock unless another is asked for. */
export async function aboutChat(
  inboxes: Pick<Inboxes, 'get'>,
  { id, inbox, visitor, createdAt, seq }: SessionSummary,
  timeZone: string | undefined = visitor.timeZone,
): Promise<About> {
  return {
    sessionId: id,
    inbox: (await inboxes.get(inbox)).name,
    visitor: { name: visitor.name ?? null, email: visitor.email ?? null },
    startedAt: createdAt,
    upTo: seq,
    time: localTime({ timeZone, locale: visitor.locale }),
  }
}
