import type { Frame } from '../../contract/socket.ts'
import type { ChatSocket } from './socket.ts'

/** A switch, because the pair of a name and its data is lost in a call with two arguments. */
export function emitFrame(socket: ChatSocket, frame: Frame): void {
  switch (frame.event) {
    case 'new_message':
      return void socket.emit(frame.event, frame.data)
    case 'message_updated':
      return void socket.emit(frame.event, frame.data)
    case 'message_deleted':
      return void socket.emit(frame.event, frame.data)
    case 'message_read':
      return void socket.emit(frame.event, frame.data)
    case 'message_delivered':
      return void socket.emit(frame.event, frame.data)
    case 'agent_joined':
      return void socket.emit(frame.event, frame.data)
    case 'agent_left':
      return void socket.emit(frame.event, frame.data)
    case 'session_updated':
      return void socket.emit(frame.event, frame.data)
  }
}
