import type { StartSession } from '../../contract/chat.ts'
import type { Channel, Visitor } from '../../contract/event.ts'
import { type Epoch, EventKey, type SessionId, type VisitorId } from '../../contract/ids.ts'
import type { Inbox } from '../../contract/inbox.ts'
import type { Caller, ChatDeps } from '../chat.ts'
import type { Proof } from '../identity/prove-identity.ts'
import { withProof } from '../visitors/visitor-facts.ts'
import { sayOutsideHours } from './say-outside-hours.ts'

export interface Started {
  session: SessionId
  epoch: Epoch
}

/** A new chat. `offline`: it came outside the hours. `by`: who starts it, where that is not the visitor. */
export async function startSession(
  deps: Pick<ChatDeps, 'log' | 'ids'>,
  inbox: Inbox,
  visitor: Visitor,
  { channel, offline, by }: { channel: Channel; offline: boolean; by?: Caller },
): Promise<Started> {
  const session = deps.ids.session()
  const epoch = deps.ids.epoch()
  await deps.log.append({
    session,
    key: EventKey.parse('auto:start:0'),
    decide: () => ({
      append: {
        type: 'session_started',
        actor: by ?? { kind: 'visitor', id: visitor.id, ...(visitor.name && { name: visitor.name }) },
        origin: 'deskbridge',
        body: { epoch, inbox: inbox.key, visitor, channel, ...(offline && { offline }) },
      },
    }),
  })
  if (offline) await sayOutsideHours(deps, session, inbox.outsideHours)
  return { session, epoch }
}

/** What the request itself says. `visitor`: by a token of an earlier chat or by `proof`; else it is somebody new. */
export interface Origin {
  userAgent: string | undefined
  ip: string | undefined
  visitor: VisitorId | undefined
  proof?: Proof | undefined
}

/** Whoever starts a chat, with what they say of themself and, over that, what is proven. */
export function visitorStarting({ ids }: Pick<ChatDeps, 'ids'>, about: StartSession, from: Origin): Visitor {
  const id = from.visitor ?? ids.visitor()
  const claimed = visitorOf(id, about, from)
  return from.proof ? withProof(claimed, id, from.proof) : claimed
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
