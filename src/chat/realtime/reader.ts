import type { LinkTo } from '../files/links.ts'
import type { PictureAt } from '../pictures/picture-at.ts'

/** Whom something is shown to. `id` is theirs, to give them back what they sent. */
export interface Reader {
  kind: 'visitor' | 'agent'
  id: string
  /** How long the links to files hold depends on where they are read. */
  linkTo: LinkTo
  pictureAt: PictureAt
}
