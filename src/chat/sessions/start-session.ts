import type { StartSession } from '../../contract/chat.ts'
import type { Visitor } from '../../contract/event.ts'
import { type Epoch, EventKey, type SessionId, type VisitorId } from '../../contract/ids.ts'
import type { Inbox } from '../../platform/settings.ts'
import type { ChatDeps } from '../chat.ts'

export interface Started {
  session: SessionId
  visitor: VisitorId
  epoch: Epoch
}

/** A new chat of a visitor nobody knows. */
export async function startSession(
  deps: ChatDeps,
  inbox: Inbox,
  about: StartSession,
  userAgent: string | undefined,
): Promise<Started> {
  const session = deps.ids.session()
  const visitor = visitorOf(deps.ids.visitor(), about, userAgent)
  const epoch = deps.ids.epoch()
  await deps.log.append({
    session,
    key: EventKey.parse('auto:start:0'),
    decide: () => ({
      append: {
        type: 'session_started',
        actor: { kind: 'visitor', id: visitor.id, ...(visitor.name && { name: visitor.name }) },
        origin: 'deskbridge',
        body: { epoch, inbox: inbox.key, visitor },
      },
    }),
  })
  return { session, visitor: visitor.id, epoch }
}

function visitorOf(id: VisitorId, about: StartSession, userAgent: string | undefined): Visitor {
  const { name, email, page, referrer, attributes } = about
  return {
    id,
    ...(name && { name }),
    ...(email && { email }),
    ...(page && { page }),
    ...(referrer && { referrer }),
    ...(userAgent && { userAgent: userAgent.slice(0, 1_000) }),
    ...(attributes && { attributes }),
  }
}
