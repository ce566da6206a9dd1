import { afterAll, beforeAll, expect, it } from 'vitest'
import { aChat, type TestChat } from '../../support/chat.ts'
import { aPicture, openLink, upload } from '../../support/files.ts'

const day = 86_400_000
let chat: TestChat
let now = Date.now()
let sessionId: string
let token: string
let file: { fileId: string; url: string; thumbnailUrl: string }
beforeAll(async () => {
  chat = await aChat({ now: () => now })
  const session = await chat.session()
  sessionId = session.sessionId
  token = session.token
  file = (await upload(chat, token, { bytes: await aPicture('png'), name: "a 'b' (1).png" })).body
})
afterAll(() => chat.close())

it('opens without a token, under headers that let nothing run', async () => {
  const [whole, thumbnail] = await Promise.all([file.url, file.thumbnailUrl].map((link) => openLink(chat, link)))
  const headersOf = (opened: typeof whole) =>
    ['content-type', 'content-disposition', 'x-content-type-options', 'content-security-policy', 'referrer-policy'].map(
      (name) => opened?.headers.get(name),
    )
  const safe = ['nosniff', "sandbox; default-src 'none'; frame-ancestors 'none'", 'no-referrer']
  expect([headersOf(whole), headersOf(thumbnail)]).toEqual([
    ['image/png', "inline; filename*=UTF-8''a%20%27b%27%20%281%29.png", ...safe],
    ['image/webp', 'inline', ...safe],
  ])
  expect(whole?.headers.get('cache-control')).toMatch(/^private, max-age=\d+, immutable$/)
})

it('answers a question about a file without the file', async () => {
  const { pathname, search } = new URL(file.url)
  const response = await fetch(`${chat.node().url}${pathname}${search}`, { method: 'HEAD' })
  expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([200, 'image/png', ''])
})

it('opens nothing else by a link that was rewritten, and says when one is over', async () => {
  const url = new URL(file.url)
  const changed = (change: (link: URL) => void) => {
    const link = new URL(url)
    change(link)
    return openLink(chat, link.href).then(({ status, code }) => [status, code])
  }
  const set = (name: string, value: string) => changed((link) => link.searchParams.set(name, value))
  const refused = [
    await set('exp', String(Number(url.searchParams.get('exp')) + 1)),
    await set('exp', 'never'),
    await set('sig', 'A'.repeat(43)),
    await set('other', '1'),
    await changed((link) => link.searchParams.delete('sig')),
    await changed((link) => (link.pathname += '/thumbnail')),
    await changed((link) => (link.pathname = `/files/fil_${'0'.repeat(24)}`)),
    await changed((link) => (link.pathname = '/files/..%2f..%2fsecrets')),
  ]
  now += 2 * day
  const over = await changed(() => {})
  expect([refused, over]).toEqual([refused.map(() => [404, 'not_found']), [410, 'link_expired']])
})

it('is renewed by whoever may read the chat', async () => {
  const path = `/api/chat/sessions/${sessionId}/files/${file.fileId}`
  const answers = await Promise.all([token, undefined].map((by) => chat.call('GET', path, { token: by })))
  const opened = await openLink(chat, answers[0]?.body.url)
  expect([answers.map(({ status }) => status), opened.status, answers[0]?.body]).toMatchObject([
    [200, 401],
    200,
    { fileId: file.fileId, name: "a 'b' (1).png", type: 'image/png', width: 60, height: 40 },
  ])
})

it('goes to the files’ own host, if they have one', async () => {
  const other = await aChat({ files: { url: 'https://files.example' } })
  try {
    const { token: key } = await other.session()
    const { body } = await upload(other, key, { bytes: await aPicture('png') })
    const { headers } = await fetch(`${other.node().url}/widget/frame`)
    expect({
      links: [body.url, body.thumbnailUrl].map((link) => new URL(link).origin),
      widget: headers.get('content-security-policy')?.includes("img-src 'self' data: blob: https://files.example;"),
    }).toEqual({ links: ['https://files.example', 'https://files.example'], widget: true })
  } finally {
    await other.close()
  }
})
