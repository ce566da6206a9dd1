import type { InboxItem, Told, Unheard } from '../../../bridge/port/arrival.ts'
import type { Logger } from '../../../platform/log-output.ts'
import type { SlackApi } from '../api.ts'
import { classified, isRefusal } from '../failures.ts'
import { SlackMessage } from '../message.ts'
import { channelAndTs } from '../message-ids.ts'
import { signsScope } from '../permissions.ts'
import { SlackProblem } from '../problem.ts'
import type { Workspaces } from '../workspace.ts'
import { Change } from './changes.ts'

interface MarksDeps {
  api: Pick<SlackApi, 'react' | 'unreact' | 'whisper'>
  workspaces: Pick<Workspaces, 'isRefused' | 'refused'>
  logger: Logger
}

/** What its author can do about it. Of a file, a note in the thread tells already. */
const sentences: Readonly<Record<Unheard, string | null>> = {
  'another organisation':
    'The customer did not get this: replies of people from other organisations are not brought. Ask somebody of the team to send it.',
  'another app': 'The customer did not get this: what apps write is not brought. Write it yourself in the thread.',
  empty: 'The customer did not get this: there is no text and no file in it. Write it as text.',
  refused:
    'The customer did not get this: the chat does not take it as it is. Write it anew, shorter and as plain text.',
  failed:
    'The customer did not get this: it could not be brought into the chat. Write it anew, or answer in the console.',
  left: 'The customer has left the chat and is not mailed answers. They see this when they come back; the sign tells when.',
  'a file': null,
}

const heardSign = 'white_check_mark'
const unheardSign = 'warning'

/** Shows at a reply whether the customer has it: a sign for all, and to its author alone why not. */
export function createMarks({ api, workspaces, logger }: MarksDeps) {
  const sign = async (set: () => Promise<unknown>) => {
    if (workspaces.isRefused(signsScope)) return
    try {
      await set()
    } catch (error) {
      if (isRefusal(error, ['already_reacted', 'no_reaction'])) return
      if (isRefusal(error, ['missing_scope'])) workspaces.refused(signsScope)
      givenUp(error, logger)
    }
  }

  return (item: Pick<InboxItem, 'id' | 'of' | 'thread' | 'raw'>, told: Told, anew: boolean): Promise<void> =>
    classified('link', async () => {
      const place = channelAndTs(item.of ?? item.id)
      if (!place) return
      const { channel, ts } = place
      const [now, before] = told === 'heard' ? [heardSign, unheardSign] : [unheardSign, heardSign]
      if (anew) await sign(() => api.unreact(channel, ts, before))
      await sign(() => api.react(channel, ts, now))
      if (told === 'heard') return
      const [user, text] = [authorOf(item.raw), sentences[told]]
      const thread = channelAndTs(item.thread)
      if (user === null || text === null || !thread) return
      const to = { channel, user, thread_ts: thread.ts }
      await api.whisper(to, text).catch((error: unknown) => givenUp(error, logger))
    })
}

/** Null: nobody who could read it, or it was erased. */
function authorOf(raw: unknown): string | null {
  const change = Change.safeParse(raw)
  const message = change.success ? change.data.message : SlackMessage.safeParse(raw).data
  return message === undefined || message.bot_id !== undefined ? null : (message.user ?? null)
}

/** Slack's refusals that pass, by themselves or once an administrator has acted. */
const passing = [
  ...['fatal_error', 'internal_error', 'service_unavailable', 'request_timeout', 'ratelimited', 'rate_limited'],
  ...['invalid_auth', 'not_authed', 'token_revoked', 'token_expired', 'account_inactive'],
]

/** A message that is gone, or a scope that is missing, will not get better by trying. Throws what may pass. */
function givenUp(error: unknown, logger: Logger): void {
  const isFinal = error instanceof SlackProblem && error.problem.kind === 'refusal' && !isRefusal(error, passing)
  if (!isFinal) throw error
  logger.warn({ err: error }, 'slack: whether the customer has a reply is not shown')
}
