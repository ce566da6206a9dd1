import type { Connection } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import { messageTypeOf } from '../../contract/file-text.ts'
import type { FileId, SessionId } from '../../contract/ids.ts'
import { participantIn } from '../messages/message-key.ts'
import type { Reader } from '../realtime/reader.ts'
import { harmless } from './harmless.ts'
import type { Face } from './links.ts'
import { type FileRecord, filesOf, thumbnailOf } from './records.ts'
import type { FileStore } from './store.ts'

export interface OpenedFile {
  headers: Record<string, string>
  /** To be asked for by who reads them: a stream that is opened is held until then. */
  bytes(): Promise<ReadableStream<Uint8Array>>
}

/** A file's bytes with the headers under which they do no harm. `seconds`: how long they may be kept. Throws `not_found`. */
export async function openFile(
  deps: { connection: Connection; store: FileStore },
  id: FileId,
  face: Face,
  seconds: number,
): Promise<OpenedFile> {
  const record = await filesOf(deps.connection).findOne({ _id: id, state: 'ready' })
  const isPicture = record && messageTypeOf(record.file) === 'image'
  if (!record || (face === 'thumbnail' && !isPicture)) throw new DeskbridgeError('not_found')
  const key = face === 'whole' ? record.place : thumbnailOf(record.place)
  // By nobody in between.
  const kept = `private, max-age=${seconds}, immutable`
  return { headers: { ...harmless(kept), ...headersOf(record, face) }, bytes: () => deps.store.get(key) }
}

/** All of a file's bytes; null: it is not there any more. */
export async function bytesOf(
  { connection, store }: { connection: Connection; store: FileStore },
  id: FileId,
): Promise<Uint8Array | null> {
  const record = await filesOf(connection).findOne({ _id: id, state: 'ready' })
  if (!record) return null
  try {
    return new Uint8Array(await new Response(await store.get(record.place)).arrayBuffer())
  } catch (error) {
    if (error instanceof DeskbridgeError && error.code === 'not_found') return null
    throw error
  }
}

function headersOf({ file: { name, type, size } }: FileRecord, face: Face): Record<string, string> {
  if (face === 'thumbnail') return { 'content-type': 'image/webp', 'content-disposition': 'inline' }
  const how = messageTypeOf({ type }) === 'image' ? 'inline' : 'attachment'
  return {
    'content-type': type,
    'content-length': String(size),
    'content-disposition': `${how}; filename*=UTF-8''${encoded(name)}`,
  }
}

/** RFC 8187: `encodeURIComponent` leaves a few characters that have a meaning there. */
const encoded = (name: string) =>
  encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/**
 * A file of a chat, for somebody who may read the chat: what they uploaded, and what was sent where they can see it. Notes'
 * files are not there for visitors. Throws `not_found`.
 */
export async function fileFor(
  deps: { connection: Connection },
  session: SessionId,
  id: FileId,
  reader: Pick<Reader, 'kind' | 'id'>,
): Promise<FileRecord> {
  const record = await filesOf(deps.connection).findOne({ _id: id, session, state: 'ready' })
  const maySee = reader.kind === 'agent' || record?.by === participantIn(reader) || record?.message?.internal === false
  if (!record || !maySee) throw new DeskbridgeError('not_found')
  return record
}
