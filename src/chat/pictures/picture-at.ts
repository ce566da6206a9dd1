import type { PictureId } from '../../contract/ids.ts'
import type { Config } from '../../platform/settings.ts'
import { filesUrl } from '../files/links.ts'

/** Where a picture of somebody of the team is loaded from. */
export type PictureAt = (id: PictureId) => string

/** At the files' own host, if they have one: the widget loads pictures from nowhere else. */
export function pictureAtOf(config: Pick<Config, 'publicUrl' | 'files'>): PictureAt {
  const base = filesUrl(config).replace(/\/$/, '')
  return (id) => `${base}/api/chat/pictures/${id}`
}
