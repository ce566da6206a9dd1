import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { Busboy } from '@fastify/busboy'
import { DeskbridgeError } from '../../contract/errors.ts'

export interface Received {
  /** As its sender calls it. */
  name: string
  fields: Readonly<Record<string, string>>
}

/** What may stand around the file: boundaries, names and a few short fields. Bytes. */
const mostAround = 16_000

/**
 * Writes the part `file` of a form to `path` as it comes in. Throws `invalid_input`, and `file_too_large` with the first
 * byte that is too many; what was written until then is the caller's to remove.
 */
export async function receiveUpload(request: Request, path: string, most: number): Promise<Received> {
  const tooLarge = new DeskbridgeError('file_too_large', { details: { most } })
  if (Number(request.headers.get('content-length')) > most + mostAround) throw tooLarge
  const form = openForm(request, most)
  const fields: Record<string, string> = {}
  const stop = new AbortController()
  let name: string | undefined
  let written: Promise<void> = Promise.resolve()
  form.on('field', (field, value) => void (fields[field] = value))
  form.on('file', (field, part, given) => {
    if (field !== 'file' || name !== undefined) return void part.resume()
    name = given ?? ''
    part.once('limit', () => stop.abort(tooLarge))
    written = pipeline(part, createWriteStream(path), { signal: stop.signal })
    // It is waited for below; until then nobody hears of a failure.
    written.catch(() => {})
  })
  form.on('filesLimit', () => stop.abort(invalid('file', 'one only')))
  await pipeline(chunksOf(request, most + mostAround, tooLarge), form, { signal: stop.signal })
    .then(() => written)
    .catch((cause: unknown) => {
      const reason: unknown = stop.signal.aborted ? stop.signal.reason : cause
      throw reason instanceof DeskbridgeError ? reason : invalid('file', 'no whole form', cause)
    })
  if (name === undefined) throw invalid('file', 'missing')
  return { name: fields.name ?? name, fields }
}

function openForm(request: Request, most: number) {
  const type = request.headers.get('content-type') ?? ''
  try {
    return new Busboy({
      headers: { 'content-type': type },
      limits: { fileSize: most, files: 1, fields: 4, fieldSize: 1_000, parts: 5, headerPairs: 20, headerSize: 8_000 },
    })
  } catch (cause) {
    throw invalid('', 'must be multipart/form-data', cause)
  }
}

/** The body is let go of, not cancelled, where it is not read to its end: that would cut the line before the answer. */
async function* chunksOf(request: Request, most: number, tooLarge: DeskbridgeError): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader()
  if (!reader) return
  let size = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      size += value.byteLength
      if (size > most) throw tooLarge
      yield value
    }
  } finally {
    reader.releaseLock()
  }
}

const invalid = (path: string, problem: string, cause?: unknown) =>
  new DeskbridgeError('invalid_input', { details: [{ path, problem }], cause })
