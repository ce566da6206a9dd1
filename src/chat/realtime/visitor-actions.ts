import type { z } from 'zod'
import type { Tokens } from '../../access/tokens.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { Identify, UpdateVisitor } from '../../contract/identity.ts'
import type { SessionId } from '../../contract/ids.ts'
import type { Blocks } from '../abuse/blocks.ts'
import { type Becoming, mayEnter, suspectIn } from '../abuse/may-enter.ts'
import type { VisitorRate } from '../abuse/visitor-rate.ts'
import type { ChatDeps } from '../chat.ts'
import { identifySession } from '../identity/identify-session.ts'
import { type IdentityDeps, proveVisitor } from '../identity/identities.ts'
import { openSession } from '../sessions/open-session.ts'
import { updateVisitor } from '../visitors/update-visitor.ts'
import { callerOf } from './identity.ts'
import { shownVisitor } from './shown-visitor.ts'
import type { ChatSocket } from './socket.ts'

export interface VisitorActionDeps extends ChatDeps {
  visitorRate: VisitorRate
  tokens: Tokens
  identities: IdentityDeps
  blocks: Blocks
}

export interface VisitorActions {
  identify(socket: ChatSocket, input: z.infer<typeof Identify>): Promise<object>
  updateVisitor(socket: ChatSocket, input: UpdateVisitor): Promise<object>
}

/** Who the visitor of a joined chat is. */
export function createVisitorActions(
  deps: VisitorActionDeps,
  mustHaveJoined: (socket: ChatSocket, session: SessionId) => void,
): VisitorActions {
  const mayChange = async ({ data: { identity, ip } }: ChatSocket, session: SessionId, becoming?: Becoming) => {
    await mayEnter(deps, identity, ip, becoming)
    await deps.visitorRate.change(identity, session)
  }

  /** By what the chat knows now, the connection can be blocked. */
  const suspectAnew = async ({ data }: ChatSocket, session: SessionId) => {
    if (data.identity.kind === 'visitor') data.suspect = suspectIn(await openSession(deps, session), data.ip)
  }

  return {
    async identify(socket, { sessionId, identityToken }) {
      mustHaveJoined(socket, sessionId)
      const visitor = socket.data.identity
      if (visitor.kind !== 'visitor') throw new DeskbridgeError('forbidden')
      await mayChange(socket, sessionId)
      const { inbox } = await openSession(deps, sessionId)
      const proven = await proveVisitor(deps.identities, inbox, identityToken, (becoming) =>
        mayEnter(deps, visitor, socket.data.ip, becoming),
      )
      // The event may be back before the answer, and must not end this connection's own access.
      socket.data.becomes = proven.id
      const { identity, ...answer } = await identifySession(deps, sessionId, visitor, proven)
      socket.data.identity = identity
      await suspectAnew(socket, sessionId)
      return answer
    },
    async updateVisitor(socket, { sessionId, ...facts }) {
      mustHaveJoined(socket, sessionId)
      const { identity } = socket.data
      await mayChange(socket, sessionId, { email: facts.email })
      const { seq, visitor } = await updateVisitor(deps, sessionId, facts, callerOf(identity))
      await suspectAnew(socket, sessionId)
      return { seq, visitor: shownVisitor(visitor, identity) }
    },
  }
}
