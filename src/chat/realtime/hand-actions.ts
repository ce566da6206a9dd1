import type { z } from 'zod'
import type { SocketTransfer } from '../../contract/assignment.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { SessionId } from '../../contract/ids.ts'
import type { CloseChat } from '../../contract/socket.ts'
import { releaseChat } from '../assignment/release-chat.ts'
import { type HandDeps, takeChat } from '../assignment/take-chat.ts'
import { transferChat } from '../assignment/transfer-chat.ts'
import { openSession } from '../sessions/open-session.ts'
import { mayOpen } from './identity.ts'
import type { ChatSocket } from './socket.ts'

type OneChat = z.infer<typeof CloseChat>

/** What an agent does about whose a chat is; from a list, without having joined it. */
export interface HandActions {
  take(socket: ChatSocket, input: OneChat): Promise<object>
  release(socket: ChatSocket, input: OneChat): Promise<object>
  transfer(socket: ChatSocket, input: z.infer<typeof SocketTransfer>): Promise<object>
}

export function createHandActions(deps: HandDeps): HandActions {
  const handIn = async ({ data: { identity } }: ChatSocket, session: SessionId) => {
    mayOpen(identity, await openSession(deps, session))
    if (identity.kind !== 'agent') throw new DeskbridgeError('forbidden')
    return identity
  }
  return {
    take: async (socket, { sessionId }) => takeChat(deps, sessionId, await handIn(socket, sessionId)),
    release: async (socket, { sessionId }) => releaseChat(deps, sessionId, await handIn(socket, sessionId)),
    transfer: async (socket, { sessionId, ...transfer }) =>
      transferChat(deps, sessionId, transfer, await handIn(socket, sessionId)),
  }
}
