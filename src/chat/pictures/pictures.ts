import type { PictureAt } from './picture-at.ts'
import type { TakeInPicture } from './take-in-pictures.ts'

/** Pictures of whoever answers: what the rest of the chat does with them. */
export interface Pictures {
  at: PictureAt
  /** Of somebody who writes elsewhere. Takes half a second at most. */
  takeIn: TakeInPicture
}
