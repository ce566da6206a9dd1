import { type FrozenCall, type LinkView, type Receipt, type Remote, RemoteFailure } from '../../../bridge/port.ts'
import type { PostArguments, SlackApi } from '../api.ts'
import { classified, withoutEffect } from '../failures.ts'
import { callMetadata } from '../message.ts'
import { remoteIdOf, threadOf } from '../message-ids.ts'
import { namesScope } from '../permissions.ts'
import { SlackProblem } from '../problem.ts'
import { escapeText } from '../words/text.ts'
import type { Workspaces } from '../workspace.ts'
import { Post } from './plan.ts'

export interface PostDeps {
  api: SlackApi
  workspaces: Workspaces
}

/** Makes a frozen post. All requests together end with one deadline, so that none begins after the lease. */
export async function makePost(deps: PostDeps, call: FrozenCall, link: LinkView): Promise<Receipt> {
  const until = deps.api.deadline()
  const post = Post.parse(call.body)
  const { showsNames } = await withoutEffect(() => deps.workspaces.current(until))
  if (until.aborted) throw new RemoteFailure({ kind: 'transient' }, 'No time was left to post.')
  const posted = await classified('destination', () => postNamed(deps, post, call, showsNames, until))
  return { remote: remoteAfter(post, posted, link.remote), remoteIds: [remoteIdOf(posted.channel, posted.ts)] }
}

/** A root found or made is the link's thread; a reply leaves it as it is. */
export function remoteAfter(post: Post, posted: { channel: string; ts: string }, remote: Remote): Remote {
  const { channel, ts } = posted
  return post.thread_ts === undefined ? { thread: threadOf(channel, ts), channel, ts } : remote
}

/** Slack refuses a name before it posts anything, so the same post may go again without. */
async function postNamed(deps: PostDeps, post: Post, call: FrozenCall, named: boolean, until: AbortSignal) {
  try {
    return await deps.api.post(argumentsOf(post, call, named), until)
  } catch (error) {
    if (!named || !isNameRefused(error)) throw error
    deps.workspaces.nameRefused()
    return deps.api.post(argumentsOf(post, call, false), until)
  }
}

const isNameRefused = (error: unknown): boolean =>
  error instanceof SlackProblem &&
  error.problem.kind === 'refusal' &&
  error.problem.code === 'missing_scope' &&
  (error.problem.needed ?? '').split(',').includes(namesScope)

function argumentsOf(post: Post, call: FrozenCall, named: boolean): PostArguments {
  const { channel, thread_ts, broadcast, author, text, session } = post
  const { marker, from, to } = call
  return {
    channel,
    ...(thread_ts !== undefined && { thread_ts }),
    ...(broadcast && { reply_broadcast: true }),
    text: author && !named ? `*${escapeText(author.name)}*\n${text}` : text,
    ...(author && named && { username: author.name, icon_emoji: author.icon }),
    metadata: callMetadata({ marker, session, from, to }),
  }
}
