import { isDeepStrictEqual } from 'node:util'
import { DeskbridgeError } from '../../contract/errors.ts'
import { EventKey, type Seq, type SessionId } from '../../contract/ids.ts'
import type { Caller, ChatDeps } from '../chat.ts'
import { openSession } from './open-session.ts'

/** Puts these tags in the place of those that the chat has. */
export async function changeTags(
  deps: Pick<ChatDeps, 'log'>,
  session: SessionId,
  wanted: readonly string[],
  by: Exclude<Caller, { kind: 'visitor' }>,
): Promise<{ seq: Seq; tags: string[] }> {
  const tags = [...new Set(wanted)].sort()
  const now = await openSession(deps, session)
  if (isDeepStrictEqual(now.tags, tags)) return { seq: now.seq, tags }
  const { event } = await deps.log.append({
    session,
    key: EventKey.parse(`auto:tags:${now.seq}:${by.id}`),
    decide: (state) =>
      state
        ? { append: { type: 'tags_changed', actor: by, origin: 'deskbridge', body: { tags } } }
        : { refuse: new DeskbridgeError('not_found') },
  })
  return { seq: event.seq, tags }
}
