import type { ChatFacts, InboxSettings } from '../../bridge/port/asked.ts'
import { RemoteFailure } from '../../bridge/port/failure.ts'
import type { SessionId } from '../../contract/ids.ts'
import type { SlackApi } from './api.ts'
import { isRefusal, withoutEffect } from './failures.ts'
import { createMemory } from './memory.ts'

/** Keeps customers' chats from people of other organisations. */
export interface Sharing {
  /** Throws `halted` while they could read what is posted, unless the chat's inbox allows it. */
  refuseIfShared(channel: string, session: SessionId, until: AbortSignal): Promise<void>
  /** It was shared or is no longer: the next post looks anew. */
  changed(channel: string): void
}

/** Slack allows about 50 looks a minute. */
const keepMs = 60_000

export function createSharing(deps: {
  api: Pick<SlackApi, 'channel'>
  facts: Pick<ChatFacts, 'of'>
  inboxes: Pick<InboxSettings, 'find'>
  now(): number
}): Sharing {
  const memory = createMemory({ load: (channel, until) => isShared(deps.api, channel, until), ...deps, ...kept })
  const isAllowed = async (session: SessionId): Promise<boolean> => {
    const chat = await deps.facts.of(session)
    const inbox = chat && (await deps.inboxes.find(chat.inbox))
    return inbox?.slack.allowShared ?? false
  }
  return {
    async refuseIfShared(channel, session, until) {
      const shared = await withoutEffect(() => memory.get(channel, until))
      if (!shared || (await isAllowed(session))) return
      throw new RemoteFailure({ kind: 'halted', scope: 'link' }, todo(channel), { code: 'channel_shared' })
    },
    changed: (channel) => memory.forget(channel),
  }
}

const kept = { keepMs, most: 1_000 }

/** Where the token lacks the scope nobody can know, and nothing is held up. */
export async function isShared(api: Pick<SlackApi, 'channel'>, channel: string, until?: AbortSignal): Promise<boolean> {
  try {
    const { is_ext_shared: shared = false, is_pending_ext_shared: invited = false } = await api.channel(channel, until)
    return shared || invited
  } catch (error) {
    if (!isRefusal(error, ['missing_scope'])) throw error
    return false
  }
}

const todo = (channel: string): string =>
  `channel_shared: people of another organisation could read ${channel}. Stop sharing it, or set slack.allowShared in the inbox.`
