import type { StartSession } from '../../contract/chat.ts'
import type { Visitor } from '../../contract/event.ts'
import { type Epoch, EventKey, type SessionId, type VisitorId } from '../../contract/ids.ts'
import type { Inbox } from '../../contract/inbox.ts'
import type { ChatDeps } from '../chat.ts'
import { sayOutsideHours } from './say-outside-hours.ts'

export interface Started {
  session: SessionId
  visitor: VisitorId
  epoch: Epoch
}

/** What the request itself says. `visitor`: proven by a token of an earlier chat. `offline`: it came outside the hours. */
interface Origin {
  userAgent: string | undefined
  ip: string | undefined
  visitor: VisitorId | undefined
  offline: boolean
}

/** A new chat, of a visitor nobody knows or of one who was here before. */
export async function startSession(
  deps: Pick<ChatDeps, 'log' | 'ids'>,
  inbox: Inbox,
  about: StartSession,
  from: Origin,
): Promise<Started> {
  const { offline } = from
  const session = deps.ids.session()
  const visitor = visitorOf(from.visitor ?? deps.ids.visitor(), about, from)
  const epoch = deps.ids.epoch()
  await deps.log.append({
    session,
    key: EventKey.parse('auto:start:0'),
    decide: () => ({
      append: {
        type: 'session_started',
        actor: { kind: 'visitor', id: visitor.id, ...(visitor.name && { name: visitor.name }) },
        origin: 'deskbridge',
        body: { epoch, inbox: inbox.key, visitor, channel: about.channel, ...(offline && { offline }) },
      },
    }),
  })
  if (offline) await sayOutsideHours(deps, session, inbox.outsideHours)
  return { session, visitor: visitor.id, epoch }
}

function visitorOf(id: VisitorId, about: StartSession, { userAgent, ip }: Origin): Visitor {
  const { name, email, page, referrer, locale, timeZone, attributes } = about
  return {
    id,
    ...(name && { name }),
    ...(email && { email }),
    ...(page && { page }),
    ...(referrer && { referrer }),
    ...(locale && { locale }),
    ...(timeZone && { timeZone }),
    ...(ip && { ip }),
    ...(userAgent && { userAgent: userAgent.slice(0, 1_000) }),
    ...(attributes && { attributes }),
  }
}
