import type { Budget } from '../../bridge/port/call.ts'
import { type Failure, RemoteFailure } from '../../bridge/port/failure.ts'
import type { HandedOver } from '../../platform/handed-over.ts'
import type { SlackApi } from './api.ts'
import { classified, withoutEffect } from './failures.ts'
import type { Installations } from './installations/installations.ts'
import { callMetadata, markerOf } from './message.ts'
import { tsAt } from './message-ids.ts'
import { pages } from './posts/read-thread.ts'
import { isShared } from './sharing.ts'

/** A post that is of no chat. `again`: since then the same may have been posted. */
export interface Announcement {
  id: string
  channel: string
  text: string
  blocks: readonly object[]
  again: Date | null
}

export type Announce = (post: Announcement) => Promise<HandedOver>

/** Slack's clock and ours may differ by so much. ms */
const clockMarginMs = 600_000

/** Posts in whichever workspace the channel is. `slot`: waits for its turn; false when that is too far off. */
export function createAnnounce(deps: {
  installations: Installations
  budget(of: string): Budget
  slot(budget: Budget): Promise<boolean>
}): Announce {
  const { installations, budget, slot } = deps
  return async (post) => {
    try {
      if (!(await slot(budget(post.channel))))
        return { kind: 'not_taken', problem: 'Too much is being posted in Slack.' }
      const until = installations.deadline()
      await installations.within(post.channel, ({ api }) => postOnce(api, post, until), until)
      return { kind: 'taken' }
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error
      return { kind: kindOf(error.failure), problem: error.message }
    }
  }
}

async function postOnce(api: SlackApi, post: Announcement, until: AbortSignal): Promise<void> {
  const { id, channel, text, blocks, again } = post
  if (await withoutEffect(() => isShared(api, channel, until))) throw isOthersToo(channel)
  if (again && (await withoutEffect(() => isThere(api, post, again)))) return
  const metadata = callMetadata({ marker: id, session: '', from: 0, to: 0 })
  await classified('link', () => api.post({ channel, text, blocks, metadata }, until))
}

const isOthersToo = (channel: string) =>
  new RemoteFailure(
    { kind: 'halted', scope: 'link' },
    `channel_shared: people of another organisation could read ${channel}. Stop sharing it, or choose another channel.`,
    { code: 'channel_shared' },
  )

async function isThere(api: SlackApi, { id, channel }: Announcement, since: Date): Promise<boolean> {
  const oldest = tsAt(since.getTime() - clockMarginMs)
  for await (const { messages } of pages((range) => api.history(channel, range), { oldest }))
    if (messages.some((message) => markerOf(message) === id)) return true
  return false
}

function kindOf({ kind }: Failure): 'refused' | 'not_taken' | 'unsure' {
  switch (kind) {
    case 'refused':
    case 'repair':
      return 'refused'
    case 'ambiguous':
      return 'unsure'
    default:
      return 'not_taken'
  }
}
