import sharp from 'sharp'
import { adminKey, type TestChat } from './chat.ts'

type Kind = 'jpeg' | 'png' | 'gif'

const aRaster = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 60, b: 20 } } })

/** A picture of one colour; `orientation` and a place are written into its metadata, as a camera does. */
export async function aPicture(kind: Kind, options: { width?: number; height?: number; orientation?: number } = {}) {
  const { width = 60, height = 40, orientation } = options
  const image = aRaster(width, height)[kind]()
  if (orientation === undefined) return image.toBuffer()
  const gps = { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 0/1' }
  return image
    .withExif({ IFD0: { Copyright: 'PRIVATE' }, IFD3: gps })
    .withMetadata({ orientation })
    .toBuffer()
}

/** A picture that moves. */
export async function aMovingPicture(frames = 3): Promise<Buffer> {
  const pages = await Promise.all(
    Array.from({ length: frames }, (_, index) =>
      sharp({ create: { width: 20, height: 10, channels: 3, background: { r: 80 * index, g: 0, b: 0 } } })
        .png()
        .toBuffer(),
    ),
  )
  return sharp(pages, { join: { animated: true } })
    .gif()
    .toBuffer()
}

export const aPdf = (text = 'Hello'): Buffer =>
  Buffer.from(`%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n% ${text}\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n`)

export interface Upload {
  bytes: Uint8Array | string
  name?: string
  /** The form's own field for it. */
  called?: string
  type?: string
  sessionId?: string
}

/** Uploads as a browser does. */
export const upload = (chat: TestChat, token: string | undefined, file: Upload) =>
  uploadTo(chat.node().url, token, file)

export async function uploadTo(
  service: string,
  token: string | undefined,
  { bytes, name = 'a.png', called, type, sessionId }: Upload,
) {
  const form = new FormData()
  if (sessionId) form.set('sessionId', sessionId)
  if (called) form.set('name', called)
  form.set('file', new File([bytes as BlobPart], name, { type: type ?? 'application/octet-stream' }))
  const response = await fetch(`${service}/api/chat/upload`, {
    method: 'POST',
    body: form,
    ...(token && { headers: { authorization: `Bearer ${token}` } }),
  })
  return { status: response.status, body: await response.json() }
}

/** As an administrator, unless with somebody else's token. */
export async function setPicture(chat: TestChat, agent: string, bytes: Uint8Array | string, token = adminKey) {
  const response = await fetch(`${chat.node().url}/api/admin/agents/${agent}/picture`, {
    method: 'PUT',
    // A line on which more came than was read is not used again.
    headers: { authorization: `Bearer ${token}`, connection: 'close' },
    body: bytes as BodyInit,
  })
  return { status: response.status, body: await response.json() }
}

/** Opens a link at the node itself, whatever host it names. */
export async function openLink(chat: TestChat, link: string) {
  const { pathname, search } = new URL(link)
  const response = await fetch(`${chat.node().url}${pathname}${search}`)
  const bytes = Buffer.from(await response.arrayBuffer())
  const code = response.ok ? null : JSON.parse(bytes.toString()).error.code
  return { status: response.status, code, bytes, headers: response.headers }
}

/** Everything that is in the store. */
export async function inStore(chat: TestChat): Promise<string[]> {
  const keys: string[] = []
  const folders = await chat.node().connection.collection('installation').find().toArray()
  for (const { folder } of folders) for await (const key of chat.node().fileStore.list(folder)) keys.push(key)
  return keys.sort()
}
