import type { InboxItem } from '../../../bridge/port/arrival.ts'
import { isOutsider } from '../arrivals/understand.ts'
import { SlackMessage } from '../message.ts'
import { channelAndTs } from '../message-ids.ts'
import type { ActionDeps } from './deps.ts'
import { tell } from './tell.ts'

/** Tells who has just answered in a thread that somebody else is writing an answer elsewhere. */
export async function hintCollision(deps: ActionDeps, { thread, raw }: InboxItem): Promise<void> {
  const { data: message } = SlackMessage.safeParse(raw)
  const root = channelAndTs(thread)
  if (!message?.user || message.bot_id !== undefined || message.subtype !== undefined || !root) return
  const session = await deps.threads.sessionOf('slack', thread)
  const typing = session === null ? [] : await deps.desk.typing(session)
  if (typing.length === 0) return
  const [person, workspace] = await Promise.all([deps.people(message.user), deps.workspaces.current()])
  if (isOutsider(message, person, workspace)) return
  const own = person.email === null ? null : await deps.desk.agentWith(person.email)
  const names = typing.filter(({ id }) => id !== own).map(({ name }) => name)
  if (names.length === 0) return
  const to = { channel: root.channel, user: person.id, thread_ts: root.ts }
  await tell(deps, to, collisionHint(names))
}

const collisionHint = (names: readonly string[]): string =>
  `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} writing an answer, too.`
