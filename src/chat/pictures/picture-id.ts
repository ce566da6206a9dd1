import { createHash } from 'node:crypto'
import { PictureId } from '../../contract/ids.ts'

/** Made of what it shows: the same picture has one id, and nobody guesses that of a picture which they have not seen. */
export function pictureIdOf(drawn: Uint8Array): PictureId {
  const digest = BigInt(`0x${createHash('sha256').update(drawn).digest('hex')}`)
  return PictureId.parse(`pic_${digest.toString(36).padStart(24, '0').slice(-24)}`)
}
