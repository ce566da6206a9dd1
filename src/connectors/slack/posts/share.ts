import type { FrozenCall, LinkView, Receipt } from '../../../bridge/port/call.ts'
import { RemoteFailure } from '../../../bridge/port/failure.ts'
import type { SlackApi } from '../api.ts'
import { classified, isOfTheContent, isRefusal } from '../failures.ts'
import { filesScope } from '../permissions.ts'
import type { Workspaces } from '../workspace.ts'
import type { Post, Share, Upload } from './body.ts'
import { findPost } from './find.ts'
import { withoutUpload, withUpload } from './plan-file.ts'
import { textOf } from './text-of.ts'
import type { Uploads } from './uploads.ts'

export interface ShareDeps {
  api: SlackApi
  workspaces: Workspaces
  uploads: Uploads
}

/** Leaves nothing in the thread: only the link knows of it. */
export async function makeUpload(
  { uploads, workspaces }: Pick<ShareDeps, 'uploads' | 'workspaces'>,
  { file }: Upload,
  { call, link, until }: { call: FrozenCall; link: LinkView; until: AbortSignal },
): Promise<Receipt> {
  const { takesFiles } = await workspaces.current(until)
  const taken = takesFiles ? await uploads(file, until) : null
  return { remote: withUpload(link.remote, call.from, taken), remoteIds: [] }
}

/**
 * Slack shows a file after it has answered: what comes next may not overtake it, so the call is done when it stands in the
 * thread. Null: Slack will not show it.
 */
export async function makeShare(
  { api, workspaces }: Pick<ShareDeps, 'api' | 'workspaces'>,
  share: Share,
  { call, link, until }: { call: FrozenCall; link: LinkView; until: AbortSignal },
): Promise<Receipt | null> {
  const refused = await classified('destination', () => isRefused(api, workspaces, share, until))
  const found = await findPost({ api }, call, link)
  if (found || refused) return found
  throw new RemoteFailure({ kind: 'ambiguous' }, 'Slack took a file and does not show it yet')
}

async function isRefused(api: SlackApi, workspaces: Workspaces, share: Share, until: AbortSignal): Promise<boolean> {
  const { channel, thread_ts, file, name } = share
  const comment = textOf(share, false).trimEnd()
  try {
    const files = [{ id: file, title: name }]
    await api.share({ files, channel_id: channel, thread_ts, initial_comment: comment }, until)
    return false
  } catch (error) {
    const lacksScope = isRefusal(error, ['missing_scope'])
    if (lacksScope) workspaces.refused(filesScope)
    if (lacksScope || isOfTheContent(error)) return true
    throw error
  }
}

/** The link in its place, found by the same call. */
export const linkInstead = ({ channel, session, thread_ts, author, otherwise }: Share): Post => ({
  ...{ kind: 'post', channel, session, thread_ts, text: otherwise },
  ...(author && { author }),
})

export const afterShare = (receipt: Receipt): Receipt => ({ ...receipt, remote: withoutUpload(receipt.remote) })
