import type { Remote } from '../../../bridge/port/call.ts'
import type { Story } from './body.ts'

/** How far the story is told in the thread that a link has. Null: all of it is, or there was none. */
export function storyIn({ story }: Remote): Story | null {
  if (story === undefined) return null
  const [upTo = 0, end = 0] = story.split('/').map(Number)
  return { upTo, end }
}

export const withStory = ({ story: _story, ...remote }: Remote, { upTo, end }: Story): Remote =>
  upTo < end ? { ...remote, story: `${upTo}/${end}` } : remote
