import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { aChat, adminKey, type TestChat } from '../../support/chat.ts'
import { aMovingPicture, aPdf, aPicture, inStore, openLink, type Upload, upload } from '../../support/files.ts'

let chat: TestChat
let sessionId: string
let token: string
let temporary: string
beforeAll(async () => {
  // Of this test's own, so that what others leave there does not count.
  temporary = await mkdtemp(join(tmpdir(), 'files-'))
  vi.stubEnv('TMPDIR', temporary)
  chat = await aChat({ limits: { maxFileSize: 400_000, uploadRateLimit: 1_000 } })
  const session = await chat.session()
  sessionId = session.sessionId
  token = session.token
})
afterAll(async () => {
  await chat.close()
  vi.unstubAllEnvs()
  await rm(temporary, { recursive: true })
})

const kept = async () => [await chat.node().connection.collection('files').countDocuments(), await inStore(chat)]
const leftOver = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('upload-'))

it('takes in a picture as what it is, upright, without where it was taken, with a thumbnail', async () => {
  const bytes = await aPicture('jpeg', { width: 1_200, height: 800, orientation: 6 })
  const { status, body } = await upload(chat, token, { bytes, name: 'DSC_0001.JPG', type: 'text/html' })
  const [whole, small] = await Promise.all([body.url, body.thumbnailUrl].map((link) => openLink(chat, link)))
  const [shown, thumbnail] = await Promise.all([whole, small].map((one) => sharp(one?.bytes).metadata()))
  expect({ status, body }).toEqual({
    status: 201,
    body: {
      fileId: expect.stringMatching(/^fil_[0-9a-z]{24}$/),
      name: 'DSC_0001.jpg',
      type: 'image/jpeg',
      size: whole?.bytes.byteLength,
      width: 800,
      height: 1_200,
      url: expect.stringContaining('https://chat.example/files/fil_'),
      thumbnailUrl: expect.stringContaining('/thumbnail?'),
    },
  })
  const { format, width, height, exif, orientation } = shown ?? {}
  expect([{ format, width, height, exif, orientation }, thumbnail?.width, thumbnail?.height]).toEqual([
    { format: 'jpeg', width: 800, height: 1_200, exif: undefined, orientation: undefined },
    320,
    480,
  ])
})

it('is called what the form says, where it says so', async () => {
  const { body } = await upload(chat, token, {
    bytes: await aPicture('png'),
    name: 'a%20b.png',
    called: 'Ana’s boot.png',
  })
  expect(body.name).toBe('Ana’s boot.png')
})

it('keeps a moving picture moving', async () => {
  const { body } = await upload(chat, token, { bytes: await aMovingPicture(4), name: 'wave.gif' })
  const { pages, width, pageHeight } = await sharp((await openLink(chat, body.url)).bytes, {
    animated: true,
  }).metadata()
  expect([{ pages, width, pageHeight }, body.width, body.height]).toEqual([
    { pages: 4, width: 20, pageHeight: 10 },
    20,
    10,
  ])
})

it('keeps a PDF as it is, to be saved and not to be opened', async () => {
  const bytes = aPdf()
  const { status, body } = await upload(chat, token, { bytes, name: 'Rechnung ü.pdf' })
  const opened = await openLink(chat, body.url)
  expect([status, body.thumbnailUrl, opened.bytes.equals(bytes), opened.headers.get('content-disposition')]).toEqual([
    201,
    undefined,
    true,
    "attachment; filename*=UTF-8''Rechnung%20%C3%BC.pdf",
  ])
})

it('draws away what else is in a picture', async () => {
  const bytes = Buffer.concat([
    await aPicture('png'),
    Buffer.from('x'.repeat(2_000)),
    Buffer.from('<script>evil()</script>'),
  ])
  const { status, body } = await upload(chat, token, { bytes })
  expect([status, (await openLink(chat, body.url)).bytes.includes('evil')]).toEqual([201, false])
})

const bomb = () =>
  sharp({ create: { width: 10_000, height: 7_000, channels: 3, background: '#000' }, limitInputPixels: false })
    .png({ compressionLevel: 9 })
    .toBuffer()
const cut = async (kind: 'jpeg' | 'png' | 'gif') => {
  const whole = await sharp(Buffer.from(Array.from({ length: 3 * 100 * 100 }, (_, index) => (index * 7919) % 256)), {
    raw: { width: 100, height: 100, channels: 3 },
  })
    .toFormat(kind)
    .toBuffer()
  return whole.subarray(0, whole.byteLength / 2)
}
const zip = Buffer.concat([Buffer.from('PK\x05\x06'), Buffer.alloc(18)])

const refusals: [string, string, () => Promise<Upload> | Upload][] = [
  ['nothing at all', 'file_type_not_allowed', () => ({ bytes: '' })],
  ['HTML that is called a picture', 'file_type_not_allowed', () => ({ bytes: '<html><script>1</script></html>' })],
  ['SVG', 'file_type_not_allowed', () => ({ bytes: '<svg xmlns="http://www.w3.org/2000/svg"/>', name: 'a.svg' })],
  ['SVG that is called a picture', 'file_type_not_allowed', () => ({ bytes: '<?xml version="1.0"?><svg/>' })],
  ['an archive', 'file_type_not_allowed', () => ({ bytes: zip, name: 'a.zip' })],
  [
    'a picture of a kind that is not taken',
    'file_type_not_allowed',
    async () => ({
      bytes: await sharp(await aPicture('png'))
        .webp()
        .toBuffer(),
      name: 'a.webp',
    }),
  ],
  [
    'a picture that is called a program',
    'file_type_not_allowed',
    async () => ({
      bytes: await aPicture('png'),
      name: 'a.png.exe',
    }),
  ],
  [
    'a picture that is called a document',
    'file_type_not_allowed',
    async () => ({
      bytes: await aPicture('png'),
      name: 'a.pdf',
    }),
  ],
  ['a document that is called a picture', 'file_type_not_allowed', () => ({ bytes: aPdf(), name: 'a.png' })],
  [
    'a picture that is an archive as well',
    'file_refused',
    async () => ({
      bytes: Buffer.concat([await aPicture('png'), zip]),
    }),
  ],
  [
    'a picture that is a page as well',
    'file_refused',
    async () => ({
      bytes: Buffer.concat([Buffer.from('GIF89a/*'), Buffer.from('<html><script>*/alert(1)</script>')]),
      name: 'a.gif',
    }),
  ],
  [
    'a document that is an archive as well',
    'file_refused',
    () => ({
      bytes: Buffer.concat([aPdf(), zip]),
      name: 'a.pdf',
    }),
  ],
  ['a document with something behind it', 'file_refused', () => ({ bytes: `${aPdf()}<b>`, name: 'a.pdf' })],
  ['a document that is cut off', 'file_refused', () => ({ bytes: aPdf().subarray(0, 60), name: 'a.pdf' })],
  ['a JPEG that is cut off', 'file_refused', async () => ({ bytes: await cut('jpeg'), name: 'a.jpg' })],
  ['a PNG that is cut off', 'file_refused', async () => ({ bytes: await cut('png') })],
  ['a GIF that is cut off', 'file_refused', async () => ({ bytes: await cut('gif'), name: 'a.gif' })],
  ['a picture that unpacks to seventy million pixels', 'file_refused', async () => ({ bytes: await bomb() })],
  ['one byte too many', 'file_too_large', () => ({ bytes: Buffer.alloc(400_001) })],
]

describe('a file is refused and nothing of it is kept:', () => {
  it.each(refusals)('%s (%s)', async (_what, code, make) => {
    const before = await kept()
    const { body } = await upload(chat, token, await make())
    expect([body.error.code, await kept(), await leftOver()]).toEqual([code, before, []])
  })
})

it('takes a file of exactly the limit', async () => {
  const bytes = Buffer.concat([aPdf().subarray(0, 60), Buffer.alloc(400_000 - 66, 'x'), Buffer.from('%%EOF\n')])
  expect([bytes.byteLength, (await upload(chat, token, { bytes, name: 'a.pdf' })).status]).toEqual([400_000, 201])
})

it('stops reading as soon as it is too much, however much is announced or not', async () => {
  let sent = 0
  const chunk = new TextEncoder().encode('x'.repeat(50_000))
  const start = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\n'
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode(start)),
    pull: (controller) => ((sent += 1) > 2_000 ? controller.close() : controller.enqueue(chunk)),
  })
  const response = await fetch(`${chat.node().url}/api/chat/upload`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'multipart/form-data; boundary=b' },
    body,
    duplex: 'half',
  } as RequestInit)
  const answer = await response.json()
  expect([response.status, answer.error.code, sent < 1_000, await leftOver()]).toEqual([
    413,
    'file_too_large',
    true,
    [],
  ])
})

describe('a form of a wrong shape', () => {
  const send = async (body: string, contentType: string) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': contentType }
    const response = await fetch(`${chat.node().url}/api/chat/upload`, { method: 'POST', headers, body })
    return [response.status, (await response.json()).error.code]
  }
  const part = (name: string, more = '') => `--b\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\nx\r\n`
  const form = 'multipart/form-data; boundary=b'

  it.each([
    ['no form', '{}', 'application/json'],
    ['no boundary', 'x', 'multipart/form-data'],
    ['no file', `${part('other')}--b--`, form],
    ['a file under another name', `${part('image', '; filename="a.png"')}--b--`, form],
    ['a field in place of the file', `${part('file')}--b--`, form],
    ['two files', `${part('file', '; filename="a.png"')}${part('file', '; filename="b.png"')}--b--`, form],
    ['a form that is cut off', part('file', '; filename="a.png"'), form],
    ['nothing', '', form],
  ])('is refused: %s', async (_what, body, type) => {
    const before = await kept()
    expect([await send(body, type), await kept(), await leftOver()]).toEqual([[400, 'invalid_input'], before, []])
  })
})

describe('who may upload', () => {
  it('is told by the token, and for an agent by the chat that they name', async () => {
    const agent = await chat.agent()
    const other = await chat.session()
    const bytes = await aPicture('png')
    const by = (key: string | undefined, session?: string) =>
      upload(chat, key, { bytes, ...(session && { sessionId: session }) }).then(({ status }) => status)
    expect([
      await by(undefined),
      await by('no token'),
      await by(token, sessionId),
      await by(token, other.sessionId),
      await by(agent.token),
      await by(agent.token, sessionId),
      await by(agent.token, `ses_${'0'.repeat(24)}`),
      await by(agent.token, '{"$ne":null}'),
    ]).toEqual([401, 401, 201, 404, 400, 201, 404, 400])
  })

  it('leaves out who is blocked', async () => {
    const { token: key, visitorId } = await chat.session()
    const block = { target: { kind: 'visitor', visitor: visitorId }, reason: 'spam' }
    const put = await chat.call('POST', '/api/admin/blocks', { token: adminKey, body: block })
    const { status, body } = await upload(chat, key, { bytes: aPdf(), name: 'a.pdf' })
    expect([put.status, status, body.error.code]).toEqual([201, 403, 'blocked'])
  })

  it('leaves chats of other inboxes to their agents', async () => {
    const shop = await chat.call('POST', '/api/chat/sessions', {
      body: { inboxKey: 'shop' },
      headers: { origin: 'https://shop.example' },
    })
    const agent = await chat.agent('Only', { inboxes: ['default'] })
    const { status } = await upload(chat, agent.token, { bytes: aPdf(), name: 'a.pdf', sessionId: shop.body.sessionId })
    expect(status).toBe(404)
  })
})

it('counts the uploads of one sender', async () => {
  const strict = await aChat({ limits: { uploadRateLimit: 2 } })
  try {
    const { token: key } = await strict.session()
    const answers = []
    for (let index = 0; index < 3; index += 1) answers.push(await upload(strict, key, { bytes: aPdf(), name: 'a.pdf' }))
    expect(answers.map(({ status, body }) => [status, body.error?.code])).toEqual([
      [201, undefined],
      [201, undefined],
      [429, 'rate_limited'],
    ])
  } finally {
    await strict.close()
  }
})

it.each([
  ['../../etc/passwd.png', 'passwd.png'],
  ['C:\\temp\\a.PNG', 'a.png'],
  ['a\u202egnp.exe.png', 'agnp.exe.png'],
  ['\u0000\u001b[31m.png', '[31m.png'],
  ['photo.jpg', 'photo.png'],
  ['no extension', 'no extension.png'],
  ['.png', 'file.png'],
  [`${'é'.repeat(300)}.png`, `${'é'.repeat(120)}.png`],
])('shows the name %j as %j', async (name, shown) => {
  expect((await upload(chat, token, { bytes: await aPicture('png'), name })).body.name).toBe(shown)
})
