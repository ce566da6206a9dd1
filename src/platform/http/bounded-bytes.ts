import { DeskbridgeError } from '../../contract/errors.ts'

/** An answer's body. Throws `file_too_large` with the first byte that is too many. */
export async function boundedBytes({ body }: Response, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.byteLength
    if (size > most) throw new DeskbridgeError('file_too_large', { details: { most } })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
