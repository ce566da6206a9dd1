import { z } from 'zod'
import { DeskbridgeError, type ErrorBody } from '../../contract/errors.ts'
import { parseInput } from '../../contract/parse.ts'
import { type ClientEvent, clientEvents } from '../../contract/socket.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { Actions } from './actions.ts'
import type { ChatSocket } from './socket.ts'

type Result = ({ ok: true } & Record<string, unknown>) | { ok: false; error: ErrorBody }

const isClientEvent = (name: string): name is ClientEvent => Object.hasOwn(clientEvents, name)

/** The one way in for events of sockets: parsed, then acted on, then answered; nothing is written for what does not parse. */
export async function answer(
  actions: Actions,
  socket: ChatSocket,
  event: string,
  payload: unknown,
  logger: Logger,
): Promise<Result> {
  try {
    return { ok: true, ...(await act(actions, socket, event, payload)) }
  } catch (error) {
    if (error instanceof DeskbridgeError && error.code !== 'internal') return { ok: false, error: error.toBody() }
    logger.error({ err: error, event }, 'socket event failed')
    return { ok: false, error: new DeskbridgeError('internal').toBody() }
  }
}

async function act(actions: Actions, socket: ChatSocket, event: string, payload: unknown): Promise<object> {
  if (!isClientEvent(event)) throw new DeskbridgeError('unknown_event')
  switch (event) {
    case 'join_chat':
      return actions.join(socket, parseInput(clientEvents.join_chat, payload))
    case 'agent_join':
      return actions.agentJoin(socket, parseInput(clientEvents.agent_join, payload))
    case 'send_message':
      return actions.send(socket, parseInput(clientEvents.send_message, payload))
    case 'typing':
      return actions.typing(socket, parseInput(clientEvents.typing, payload))
    case 'edit_message':
      return actions.edit(socket, parseInput(clientEvents.edit_message, payload))
    case 'delete_message':
      return actions.remove(socket, parseInput(clientEvents.delete_message, payload))
    case 'message_delivered':
      return actions.delivered(socket, parseInput(clientEvents.message_delivered, payload))
    case 'rate_chat':
      return actions.rate(socket, parseInput(clientEvents.rate_chat, payload))
    case 'agent_leave':
      return actions.leave(socket, parseInput(clientEvents.agent_leave, payload))
    case 'identify':
      return actions.identify(socket, parseInput(clientEvents.identify, payload))
    case 'update_visitor':
      return actions.updateVisitor(socket, parseInput(clientEvents.update_visitor, payload))
    case 'take_chat':
      return actions.take(socket, parseInput(clientEvents.take_chat, payload))
    case 'release_chat':
      return actions.release(socket, parseInput(clientEvents.release_chat, payload))
    case 'transfer_chat':
      return actions.transfer(socket, parseInput(clientEvents.transfer_chat, payload))
    case 'message_read':
      return actions.read(socket, parseInput(clientEvents.message_read, payload))
    case 'set_status':
      return actions.setStatus(socket, parseInput(clientEvents.set_status, payload))
    case 'close_chat':
      return actions.close(socket, parseInput(clientEvents.close_chat, payload))
  }
}

const Callback = z.custom<(result: Result) => void>((value) => typeof value === 'function')

/** A client may leave out the acknowledgement, or send rubbish in its place. */
export const ackOf = (value: unknown): ((result: Result) => void) | undefined => Callback.safeParse(value).data
