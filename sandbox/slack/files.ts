import type { Hono } from 'hono'
import { z } from 'zod'
import { fixture } from '../fixtures/load.ts'
import type { Teams } from './teams.ts'

/** `body`: as Slack tells of it. */
interface File {
  body: Record<string, unknown>
  type: string
  bytes: Buffer
}
export type Files = Map<string, File>

/** Uploads that were not completed yet: their bytes once they came. */
export type Uploads = Map<string, { name: string; bytes: Buffer | null }>

/** What people send along. `content` in base64. */
export const SentFile = z.object({ name: z.string().min(1), type: z.string(), content: z.base64() })

/** Keeps a file and answers how a message tells of it. `origin`: in place of files.slack.com. */
export function keepFile(
  files: Files,
  {
    id = `F${String(files.size + 1).padStart(8, '0')}`,
    name,
    type,
    content,
  }: z.infer<typeof SentFile> & { id?: string },
  origin: string,
): Record<string, unknown> {
  const bytes = Buffer.from(content, 'base64')
  const at = (way: string) => `${origin}/files-pri/${id}/${way}${encodeURIComponent(name)}`
  const body = {
    ...z.record(z.string(), z.unknown()).parse(fixture('slack/files.info').body.file),
    ...{ id, name, title: name, mimetype: type, size: bytes.byteLength },
    ...{ url_private: at(''), url_private_download: at('download/') },
  }
  files.set(id, { body, type, bytes })
  return body
}

/** In place of files.slack.com, which shows its sign-in page to whoever brings no token. */
export function mountFiles(app: Hono, files: Files, teams: Teams): void {
  app.get('/files-pri/:id/*', (c) => {
    const file = files.get(c.req.param('id'))
    const [, token = ''] = (c.req.header('authorization') ?? '').split(' ')
    if (teams.ofToken(token)?.tokens.get(token) !== 'good') return c.html('<title>Slack: sign in</title>')
    if (!file) return c.text('not found', 404)
    return c.body(new Uint8Array(file.bytes), 200, { 'content-type': file.type })
  })
}
