import type { Connection } from 'mongoose'
import type { FileKind } from '../../contract/file.ts'
import type { PictureId } from '../../contract/ids.ts'
import { unlessThere } from '../../platform/duplicate-key.ts'
import { drawSquare } from '../files/draw-anew.ts'
import { kindOf } from '../files/kind-of.ts'
import type { Scan } from '../files/scan.ts'
import { pictureIdOf } from './picture-id.ts'
import { picturesOf } from './stored.ts'

const taken: readonly FileKind[] = ['jpeg', 'png', 'gif']
/** Pixels: three for each of the widget's 28. */
const side = 96

export interface KeepDeps {
  connection: Connection
  scan: Scan
  /** Few are drawn at once. */
  inTurn<T>(task: () => Promise<T>): Promise<T>
}

/**
 * Keeps a picture of somebody of the team, drawn anew; the same again is kept once. Throws `file_type_not_allowed`,
 * `file_refused`, `unavailable`; then nothing is kept.
 */
export async function keepPicture({ connection, scan, inTurn }: KeepDeps, given: Uint8Array): Promise<PictureId> {
  await kindOf(given, taken)
  await scan(given)
  const bytes = await inTurn(() => drawSquare(given, side))
  const id = pictureIdOf(bytes)
  await picturesOf(connection).insertOne({ _id: id, bytes }).catch(unlessThere)
  return id
}
