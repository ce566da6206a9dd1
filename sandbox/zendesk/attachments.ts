import { randomBytes } from 'node:crypto'
import type { Hono } from 'hono'
import { createJournal } from '../journal.ts'

interface Attachment {
  id: number
  /** Of the upload that it came with; null: an agent's. */
  token: string | null
  name: string
  type: string
  /** Base64. */
  content: string
}

/** Files of comments. The account sends who is signed in on to another place, which takes nobody's credentials. */
export function createAttachments(options: {
  folder: string | undefined
  newId(): number
  accepts(authorization: string | undefined): boolean
}) {
  const files = new Map<number, Attachment>()
  const journal = createJournal<Attachment>({
    folder: options.folder,
    name: 'zendesk-files',
    apply: (file) => void files.set(file.id, file),
  })

  return {
    add(file: Omit<Attachment, 'id' | 'token'>, token: string | null): Attachment {
      const added = { ...file, token, id: options.newId() }
      journal.write(added)
      return added
    },
    newToken: () => randomBytes(12).toString('hex'),
    /** Of an upload, in their order. */
    of: (token: string): number[] => [...files.values()].filter((file) => file.token === token).map(({ id }) => id),
    /** As comments name them. */
    bodies: (ids: readonly number[], origin: string) =>
      ids.flatMap((id) => {
        const file = files.get(id)
        if (!file) return []
        const content_url = `${origin}/attachments/token/${id}/?name=${encodeURIComponent(file.name)}`
        const size = Buffer.byteLength(file.content, 'base64')
        return { id, file_name: file.name, content_url, content_type: file.type, size, inline: false, deleted: false }
      }),
    mount(app: Hono) {
      app.get('/attachments/token/:id/', (c) => {
        if (!options.accepts(c.req.header('authorization'))) return c.text('sign in', 401)
        return c.redirect(`/content/${c.req.param('id')}`)
      })
      app.get('/content/:id', (c) => {
        const file = files.get(Number(c.req.param('id')))
        if (c.req.header('authorization') !== undefined) return c.text('two credentials', 400)
        if (!file) return c.text('no such file', 404)
        return c.body(Buffer.from(file.content, 'base64'), 200, { 'content-type': file.type })
      })
    },
  }
}

export type Attachments = ReturnType<typeof createAttachments>
