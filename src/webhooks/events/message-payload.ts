import type { EventOf } from '../../contract/event.ts'
import type { Seq } from '../../contract/ids.ts'
import type { PayloadOf } from '../../contract/webhook-event.ts'
import type { Addresses, ChatNow } from './chat-now.ts'
import { beginningOf } from './cut.ts'
import { at, by, cutShort, placeOf } from './place.ts'
import { publicActor } from './public-actor.ts'

type Happening = 'created' | 'updated' | 'deleted'
type Payload = PayloadOf<`${'message' | 'note'}.${Happening}`>
type Texts = EventOf<'message'> | EventOf<'message_edited'>

/** Room for a text, bytes: what else is in a payload takes less than eight thousand. */
const mostOfText = 12_000

/** A note has a name of its own in its payload, so that whoever copies `message` to a customer never copies a note. */
export function messagePayload(
  event: Texts | EventOf<'message_deleted'>,
  chat: ChatNow,
  addresses: Addresses,
): Payload {
  switch (event.type) {
    case 'message':
      return writtenPayload(event, chat, addresses)
    case 'message_edited': {
      const { message: id, messageSeq: seq, internal } = event.body
      const { text, cut } = textIn(event, seq, addresses)
      const data = { ...placeOf(event, chat), ...cut, ...by(event) }
      const said = { id, seq, text }
      return internal
        ? { type: 'note.updated', ...at(event), data: { ...data, note: said } }
        : { type: 'message.updated', ...at(event), data: { ...data, message: said } }
    }
    case 'message_deleted': {
      const { message: id, messageSeq: seq, internal } = event.body
      const data = { ...placeOf(event, chat), ...by(event) }
      return internal
        ? { type: 'note.deleted', ...at(event), data: { ...data, note: { id, seq } } }
        : { type: 'message.deleted', ...at(event), data: { ...data, message: { id, seq } } }
    }
  }
}

function writtenPayload(event: EventOf<'message'>, chat: ChatNow, addresses: Addresses): Payload {
  const { messageType, internal, file } = event.body
  const { text, cut } = textIn(event, event.seq, addresses)
  const data = { ...placeOf(event, chat), ...cut }
  const said = {
    id: event._id,
    seq: event.seq,
    type: messageType,
    text,
    file: file ? { ...file, url: addresses.linkTo(file).url } : null,
    author: publicActor(event.actor),
  }
  return internal
    ? { type: 'note.created', ...at(event), data: { ...data, note: said } }
    : { type: 'message.created', ...at(event), data: { ...data, message: said } }
}

/** `seq`: of the message that says it. */
function textIn(event: Texts, seq: Seq, { publicUrl }: Addresses) {
  const { content } = event.body
  const text = beginningOf(content, mostOfText)
  const cut = cutShort(text !== content, publicUrl, event.session, `/messages?after=${seq - 1}&limit=1`)
  return { text: event.erased ? null : text, cut }
}
