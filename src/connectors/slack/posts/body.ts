import { z } from 'zod'
import { FileId } from '../../../contract/ids.ts'

/** Slack's own, for what has buttons; the text stands in for them where they are not shown. */
export const Blocks = z.array(z.record(z.string(), z.unknown()))
export type Blocks = z.infer<typeof Blocks>

const Author = z.object({ name: z.string(), icon: z.string(), picture: z.string().optional() })

const said = {
  channel: z.string(),
  session: z.string(),
  text: z.string(),
  blocks: Blocks.optional(),
  /** Absent: the app speaks for itself. */
  author: Author.optional(),
  /** Of a root: names what it says, to be compared with what it has to say later. */
  says: z.string().optional(),
}

/** What is told in a new thread of what was said before it: events up to `end`, of which those up to `upTo` are told. */
export const Story = z.object({ upTo: z.number().int(), end: z.number().int() })
export type Story = z.infer<typeof Story>

/** A post as it is stored before it is made. `thread_ts` is absent in a root. Older ones have no `kind`. */
export const Post = z.object({
  kind: z.literal('post').default('post'),
  ...said,
  thread_ts: z.string().optional(),
  /** Shown in the channel as well. */
  broadcast: z.literal(true).optional(),
  /** How far the chat's story is told in its thread once this stands there. */
  tells: Story.optional(),
  /** Says that the chat goes on in this channel. */
  leaves: z.string().optional(),
  /** Of a root that a chat moves to: when, epoch ms. */
  movedAt: z.number().optional(),
})
export type Post = z.infer<typeof Post>

/** What a post of ours, `ts`, says from now on. */
export const Change = z.object({
  kind: z.literal('change'),
  ...said,
  thread_ts: z.string(),
  ts: z.string(),
  /** Said in a new post where Slack lets this one not be changed; absent: then nothing is said. */
  otherwise: z.string().optional(),
  /** Said in place of `text` by a post that shows the file itself. */
  caption: z.string().optional(),
  /** The file that stands in it goes. */
  withdraws: z.literal(true).optional(),
  /** What the post is found by, which stays. Absent in a root, whose metadata is left alone. */
  carries: z.object({ marker: z.string(), from: z.number(), to: z.number() }).optional(),
})
export type Change = z.infer<typeof Change>

/** A file that goes to Slack before anybody sees it. `id`: ours. */
export const Upload = z.object({
  kind: z.literal('upload'),
  channel: z.string(),
  session: z.string(),
  thread_ts: z.string(),
  file: z.object({ id: FileId, name: z.string() }),
})
export type Upload = z.infer<typeof Upload>

/** Shows an uploaded file, by whose id it is found again. `file`: Slack's. `otherwise`: its link, where Slack will not have it. */
export const Share = z.object({
  kind: z.literal('share'),
  ...said,
  thread_ts: z.string(),
  file: z.string(),
  name: z.string(),
  otherwise: z.string(),
})
export type Share = z.infer<typeof Share>

export const Body = z.union([Change, Upload, Share, Post])
export type Body = z.infer<typeof Body>

/** Without what was said, and by whom. */
export function blankBody(whole: Body): Body {
  if (whole.kind === 'upload') return { ...whole, file: { ...whole.file, name: '' } }
  const { author: _author, blocks: _blocks, ...body } = whole
  switch (body.kind) {
    case 'post':
      return { ...body, text: '' }
    case 'share':
      return { ...body, text: '', name: '', otherwise: '' }
    case 'change': {
      const { otherwise: _otherwise, caption: _caption, ...change } = body
      return { ...change, text: '' }
    }
  }
}
