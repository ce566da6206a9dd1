import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Connection } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { FileRef } from '../../contract/event.ts'
import { type FileKind, fileKinds } from '../../contract/file.ts'
import type { SessionId } from '../../contract/ids.ts'
import type { Ids } from '../../platform/ids.ts'
import type { Limits } from '../../platform/settings.ts'
import { drawAnew } from './draw-anew.ts'
import { shownName } from './file-name.ts'
import { kindOf } from './kind-of.ts'
import { receiveUpload } from './receive-upload.ts'
import { type FileRecord, filesOf, refOf, thumbnailOf } from './records.ts'
import { removeBytes, removeUnsent } from './remove-files.ts'
import type { Scan } from './scan.ts'
import type { FileStore } from './store.ts'
import { newPlace } from './sweep-store.ts'

export interface UploadDeps {
  connection: Connection
  store: FileStore
  scan: Scan
  ids: Ids
  limits: Pick<Limits, 'maxFileSize' | 'allowedFileTypes'>
  orphanAfter: number
  folder(): Promise<string>
  /** What is unpacked and drawn at once is bounded. */
  inTurn<T>(task: () => Promise<T>): Promise<T>
  now(): number
}

/** Whose file it is, once the form is known: the chat may be named in it. */
export type Owner = (fields: Readonly<Record<string, string>>) => Promise<{ session: SessionId; by: string }>

/**
 * Takes a form's file in. Throws `invalid_input`, `file_too_large`, `file_type_not_allowed`, `file_refused`, `unavailable`,
 * and what `ownerOf` throws; then nothing is kept.
 */
export async function uploadFile(deps: UploadDeps, request: Request, ownerOf: Owner): Promise<FileRef> {
  const folder = await mkdtemp(join(tmpdir(), 'upload-'))
  const path = join(folder, 'file')
  try {
    const { name, fields } = await receiveUpload(request, path, deps.limits.maxFileSize)
    const owner = await ownerOf(fields)
    return await deps.inTurn(async () => keep(deps, owner, await inspect(deps, name, await readFile(path))))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The same for what is here already. */
export async function takeInFile(
  deps: UploadDeps,
  { name, bytes }: { name: string; bytes: Uint8Array },
  owner: { session: SessionId; by: string },
): Promise<FileRef> {
  const most = deps.limits.maxFileSize
  if (bytes.byteLength > most) throw new DeskbridgeError('file_too_large', { details: { most } })
  return deps.inTurn(async () => keep(deps, owner, await inspect(deps, name, bytes)))
}

interface Inspected {
  file: FileRecord['file']
  bytes: Uint8Array
  thumbnail?: { bytes: Uint8Array; type: string }
}

/** Scanned before anything else is done with it, and before anything is written. */
async function inspect({ scan, limits }: UploadDeps, given: string, bytes: Uint8Array): Promise<Inspected> {
  const allowed = limits.allowedFileTypes
  const kind = await kindOf(bytes, allowed)
  const name = shownName(given, kind, allowed)
  await scan(bytes)
  return kind === 'pdf' ? inspected(name, kind, bytes) : picture(name, kind, bytes)
}

async function picture(name: string, kind: Exclude<FileKind, 'pdf'>, given: Uint8Array): Promise<Inspected> {
  const { bytes, width, height, thumbnail } = await drawAnew(given, kind)
  return { ...inspected(name, kind, bytes, { width, height }), thumbnail }
}

const inspected = (
  name: string,
  kind: FileKind,
  bytes: Uint8Array,
  size: { width?: number; height?: number } = {},
) => ({
  file: { name, type: fileKinds[kind].type, size: bytes.byteLength, ...size },
  bytes,
})

async function keep(
  deps: UploadDeps,
  owner: { session: SessionId; by: string },
  { file, bytes, thumbnail }: Inspected,
): Promise<FileRef> {
  const files = filesOf(deps.connection)
  const place = newPlace(await deps.folder(), deps.ids.token())
  const createdAt = new Date(deps.now())
  const record: FileRecord = {
    ...{ _id: deps.ids.file(), ...owner, place, file, state: 'storing', message: null, createdAt },
    checkAt: deps.now() + deps.orphanAfter,
  }
  await files.insertOne(record)
  try {
    await deps.store.put(place, bytes, file.type)
    if (thumbnail) await deps.store.put(thumbnailOf(place), thumbnail.bytes, thumbnail.type)
    const made = await files.updateOne({ _id: record._id, state: 'storing' }, { $set: { state: 'ready' } })
    // The chat was erased meanwhile.
    if (made.matchedCount === 0) throw new DeskbridgeError('not_found')
  } catch (error) {
    // The sweeps do it otherwise.
    await removeUnsent(deps, record._id).catch(() => {})
    await removeBytes(deps.store, place).catch(() => {})
    throw error
  }
  return refOf(record)
}
