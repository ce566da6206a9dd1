import type { FrozenCall, LinkView, Receipt } from '../../../bridge/port/call.ts'
import { type Failure, RemoteFailure } from '../../../bridge/port/failure.ts'
import type { PostArguments, SlackApi } from '../api.ts'
import { classified, isRefusal, withoutEffect } from '../failures.ts'
import { callMetadata } from '../message.ts'
import { remoteIdOf } from '../message-ids.ts'
import { namesScope } from '../permissions.ts'
import { SlackProblem } from '../problem.ts'
import type { Sharing } from '../sharing.ts'
import { editedHeading } from '../words/revised.ts'
import type { Workspaces } from '../workspace.ts'
import { type Blocks, Body, type Change, type Post, type Share } from './body.ts'
import { remoteAfter, withProgress } from './remote-after.ts'
import { afterShare, linkInstead, makeShare, makeUpload } from './share.ts'
import { textOf } from './text-of.ts'
import type { Uploads } from './uploads.ts'
import { filesOfPost, withdrawFiles } from './withdraw.ts'

export interface PostDeps {
  api: SlackApi
  workspaces: Workspaces
  uploads: Uploads
  sharing: Pick<Sharing, 'refuseIfShared'>
}

/** Makes a frozen call. All requests together end with one deadline, so that none begins after the lease. */
export async function makeCall(deps: PostDeps, call: FrozenCall, link: LinkView, until: AbortSignal): Promise<Receipt> {
  const body = Body.parse(call.body)
  await deps.sharing.refuseIfShared(body.channel, link.session, until)
  const { showsNames } = await withoutEffect(() => deps.workspaces.current(until))
  if (until.aborted) throw new RemoteFailure({ kind: 'transient' }, 'No time was left to post.')
  return make(deps, body, { call, link, showsNames, until })
}

/** In a thread in which nothing may or can be said any more, a chat goes on elsewhere without a word. */
export async function leavingAnyway(call: FrozenCall, link: LinkView, run: () => Promise<Receipt>): Promise<Receipt> {
  try {
    return await run()
  } catch (error) {
    const body = Body.parse(call.body)
    const isLeaving = body.kind === 'post' && body.leaves !== undefined
    if (!isLeaving || !(error instanceof RemoteFailure) || !cannotBeSaid.has(error.failure.kind)) throw error
    return { remote: withProgress(body, link.remote), remoteIds: [] }
  }
}

const cannotBeSaid: ReadonlySet<Failure['kind']> = new Set(['halted', 'repair', 'refused'])

function make(deps: PostDeps, body: Body, making: Making): Promise<Receipt> {
  switch (body.kind) {
    case 'post':
      return makePost(deps, body, making)
    case 'change':
      return makeChange(deps, body, making)
    case 'upload':
      return makeUpload(deps, body, making)
    case 'share':
      return makeShareOrLink(deps, body, making)
  }
}

interface Making {
  call: FrozenCall
  link: LinkView
  showsNames: boolean
  until: AbortSignal
}

async function makePost(deps: PostDeps, post: Post, { call, link, showsNames, until }: Making): Promise<Receipt> {
  try {
    const posted = await classified('destination', () => postNamed(deps, post, call, showsNames, until))
    return { remote: remoteAfter(post, posted, link.remote), remoteIds: [remoteIdOf(posted.channel, posted.ts)] }
  } catch (error) {
    if (!isOnTheWay(post) || !isRefused(error)) throw error
    return { remote: withProgress(post, link.remote), remoteIds: [] }
  }
}

/** What was said once already must not hold up what is new. */
const isOnTheWay = ({ thread_ts, tells }: Post): boolean => thread_ts !== undefined && tells !== undefined

const isRefused = (error: unknown): boolean => error instanceof RemoteFailure && error.failure.kind === 'refused'

const makeShareOrLink = async (deps: PostDeps, share: Share, making: Making): Promise<Receipt> =>
  afterShare((await makeShare(deps, share, making)) ?? (await makePost(deps, linkInstead(share), making)))

const unchangeable = ['message_not_found', 'edit_window_closed', 'cant_update_message']

/** What Slack lets nobody change is said in a new post. */
async function makeChange(deps: PostDeps, change: Change, making: Making): Promise<Receipt> {
  const { channel, ts, session, carries, blocks, says } = change
  if (change.withdraws)
    await classified('link', async () => withdrawFiles(deps.api, await filesOfPost(deps.api, change)))
  const { text, otherwise } = await wordsOf(deps, change, making)
  try {
    const metadata = carries && callMetadata({ ...carries, session })
    await classified('link', () =>
      withBlocks(blocks, (shown) => deps.api.replace({ channel, ts, text, blocks: shown, metadata }, making.until)),
    )
  } catch (error) {
    if (!(error instanceof RemoteFailure) || !isGivenUp(error, change)) throw error
    if (otherwise !== undefined) return makePost(deps, postInstead(change, otherwise), making)
  }
  const { remote } = making.link
  return { remote: says === undefined ? remote : { ...remote, says }, remoteIds: [] }
}

/** A post that shows the file says its caption, without its link; Slack shows no name above such a post. */
async function wordsOf({ api }: PostDeps, change: Change, { showsNames }: Making) {
  const { author, caption, otherwise } = change
  const showsFile =
    caption !== undefined && (await classified('link', async () => (await filesOfPost(api, change)).length > 0))
  if (!showsFile) return { text: textOf(change, author !== undefined && showsNames), otherwise }
  return {
    text: textOf({ author, text: caption }, false),
    otherwise: otherwise === undefined ? undefined : `${editedHeading}${caption}`,
  }
}

/** A root that Slack will not have as it should be stays as it is: what is said in the chat must not wait for it. */
const isGivenUp = (error: RemoteFailure, { says }: Change): boolean =>
  isRefusal(error.cause, unchangeable) || (says !== undefined && error.failure.kind === 'refused')

/** The text says the same; without them nothing can be clicked. */
async function withBlocks<T>(blocks: Blocks | undefined, send: (blocks: Blocks) => Promise<T>): Promise<T> {
  try {
    return await send(blocks ?? [])
  } catch (error) {
    if (!blocks || !isRefusal(error, ['invalid_blocks', 'msg_blocks_too_long', 'invalid_blocks_format'])) throw error
    return send([])
  }
}

const postInstead = ({ channel, session, thread_ts, author }: Change, text: string): Post => ({
  ...{ kind: 'post', channel, session, thread_ts, text },
  ...(author && { author }),
})

/** Slack refuses a name before it posts anything, so the same post may go again without. */
async function postNamed(deps: PostDeps, post: Post, call: FrozenCall, named: boolean, until: AbortSignal) {
  try {
    return await withBlocks(post.blocks, (blocks) =>
      deps.api.post(argumentsOf({ ...post, blocks }, call, named), until),
    )
  } catch (error) {
    if (!named || !isNameRefused(error)) throw error
    deps.workspaces.refused(namesScope)
    return deps.api.post(argumentsOf(post, call, false), until)
  }
}

const isNameRefused = (error: unknown): boolean =>
  error instanceof SlackProblem &&
  error.problem.kind === 'refusal' &&
  error.problem.code === 'missing_scope' &&
  (error.problem.needed ?? '').split(',').includes(namesScope)

function argumentsOf(post: Post, call: FrozenCall, named: boolean): PostArguments {
  const { channel, thread_ts, broadcast, author, session, blocks = [] } = post
  const { marker, from, to } = call
  return {
    channel,
    ...(thread_ts !== undefined && { thread_ts }),
    ...(broadcast && { reply_broadcast: true }),
    text: textOf(post, named),
    ...(author && named && { username: author.name, ...iconOf(author) }),
    ...(blocks.length > 0 && { blocks }),
    metadata: callMetadata({ marker, session, from, to }),
  }
}

const iconOf = ({ icon, picture }: NonNullable<Post['author']>) =>
  picture === undefined ? { icon_emoji: icon } : { icon_url: picture }
