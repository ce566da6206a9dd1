import { z } from 'zod'

const Author = z.object({ name: z.string(), icon: z.string() })

/** A post as it is stored before it is made. `thread_ts` is absent in a root. Older ones have no `kind`. */
export const Post = z.object({
  kind: z.literal('post').default('post'),
  channel: z.string(),
  session: z.string(),
  text: z.string(),
  thread_ts: z.string().optional(),
  /** Shown in the channel as well. */
  broadcast: z.literal(true).optional(),
  /** Absent: the app speaks for itself. */
  author: Author.optional(),
})
export type Post = z.infer<typeof Post>

/** What a post of ours, `ts`, says from now on. */
export const Change = z.object({
  kind: z.literal('change'),
  channel: z.string(),
  session: z.string(),
  text: z.string(),
  thread_ts: z.string(),
  author: Author.optional(),
  ts: z.string(),
  /** Said in a new post where Slack lets this one not be changed; absent: then nothing is said. */
  otherwise: z.string().optional(),
  /** What the post was found by, which stays. */
  carries: z.object({ marker: z.string(), from: z.number(), to: z.number() }),
})
export type Change = z.infer<typeof Change>

export const Body = z.union([Change, Post])
export type Body = z.infer<typeof Body>

/** Without what was said, and by whom. */
export function blankBody({ author: _author, ...body }: Body): Body {
  if (body.kind === 'post') return { ...body, text: '' }
  const { otherwise: _otherwise, ...change } = body
  return { ...change, text: '' }
}
