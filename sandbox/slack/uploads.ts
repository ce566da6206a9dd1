import type { Hono } from 'hono'
import type { Files, Uploads } from './files.ts'

/** Takes the bytes of an upload, in place of files.slack.com. */
export function mountUploads(app: Hono, uploads: Uploads): void {
  app.post('/upload/v1/:id', async (c) => {
    const id = c.req.param('id')
    const upload = uploads.get(id)
    if (!upload) return c.text('not found', 404)
    const bytes = Buffer.from(await c.req.arrayBuffer())
    uploads.set(id, { ...upload, bytes })
    return c.text(`OK - ${bytes.byteLength}`)
  })
}

const types: Readonly<Record<string, string>> = {
  gif: 'image/gif',
  jpg: 'image/jpeg',
  pdf: 'application/pdf',
  png: 'image/png',
  txt: 'text/plain',
}

/** Slack goes by the name. */
export const typeOf = (name: string): string =>
  types[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream'

/** Messages keep no more of it than that there was one. */
export function dropFile(files: Files, id: string): boolean {
  const file = files.get(id)
  if (!file) return false
  for (const field of Object.keys(file.body)) if (field !== 'id') delete file.body[field]
  file.body.mode = 'tombstone'
  return files.delete(id)
}
