import type { Remote } from '../../../bridge/port.ts'
import { threadOf } from '../message-ids.ts'

/** A root found or made is the link's thread; a reply leaves it as it is. */
export function remoteAfter(
  post: { thread_ts?: string | undefined; says?: string | undefined },
  posted: { channel: string; ts: string },
  remote: Remote,
): Remote {
  const { channel, ts } = posted
  if (post.thread_ts !== undefined) return remote
  return { thread: threadOf(channel, ts), channel, ts, ...(post.says !== undefined && { says: post.says }) }
}
