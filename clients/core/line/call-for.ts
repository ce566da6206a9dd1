import type { ClientEvent } from '../../../src/contract/socket.ts'
import type { HttpCall } from './transport.ts'

/** What asks the same over HTTP as an event over a socket. Null: there is nothing to be told over HTTP. */
export function callFor(
  event: ClientEvent,
  { sessionId, ...rest }: { sessionId: string },
): Omit<HttpCall, 'token'> | null {
  const path = `/sessions/${sessionId}`
  const { messageId, ...body } = rest as { messageId?: string }
  const message = `${path}/messages/${messageId}`
  switch (event) {
    case 'send_message':
      return { method: 'POST', path: `${path}/messages`, body }
    case 'edit_message':
      return { method: 'PATCH', path: message, body }
    case 'delete_message':
      return { method: 'DELETE', path: message }
    case 'message_read':
      return { method: 'POST', path: `${message}/read`, body: {} }
    case 'close_chat':
      return { method: 'POST', path: `${path}/close`, body: {} }
    case 'rate_chat':
      return { method: 'POST', path: `${path}/rating`, body }
    case 'identify':
      return { method: 'POST', path: `${path}/identify`, body }
    case 'update_visitor':
      return { method: 'PATCH', path: `${path}/visitor`, body }
    case 'take_chat':
      return { method: 'POST', path: `${path}/take`, body: {} }
    case 'release_chat':
      return { method: 'POST', path: `${path}/release`, body: {} }
    case 'transfer_chat':
      return { method: 'POST', path: `${path}/transfer`, body }
    case 'join_chat':
    case 'typing':
    case 'message_delivered':
    case 'agent_join':
    case 'agent_leave':
    case 'set_status':
      return null
  }
}
