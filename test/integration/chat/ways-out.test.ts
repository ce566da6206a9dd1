import { afterAll, beforeAll, expect, it } from 'vitest'
import { aTalk } from '../../support/chat.ts'
import { aPdf, upload } from '../../support/files.ts'

let talk: Awaited<ReturnType<typeof aTalk>>
let noteId: string
let secretFile: string
beforeAll(async () => {
  talk = await aTalk()
  const { chat, sessionId, answering } = talk
  await answering.ask('send_message', chat.aMessage(sessionId, 'visible'))
  noteId = (await answering.ask('send_message', chat.aMessage(sessionId, 'SECRET one', { isInternal: true }))).id
  await answering.ask('edit_message', { sessionId, messageId: noteId, content: 'SECRET two' })
  const other = await answering.ask('send_message', chat.aMessage(sessionId, 'SECRET three', { isInternal: true }))
  await answering.ask('delete_message', { sessionId, messageId: other.id })
  const { body } = await upload(chat, talk.agent.token, { bytes: aPdf(), name: 'SECRET.pdf', sessionId })
  secretFile = body.fileId
  const note = { messageType: 'file', file: { fileId: secretFile }, isInternal: true }
  await answering.ask('send_message', chat.aMessage(sessionId, 'SECRET four', note))
  await answering.ask('transfer_chat', { sessionId, to: { team: 'hidden' }, note: 'SECRET four' })
  await answering.ask('send_message', chat.aMessage(sessionId, 'the end'))
})
afterAll(() => talk.chat.close())

const get = async (path: string) => {
  const response = await fetch(`${talk.chat.node().url}/api/chat/sessions/${talk.sessionId}${path}`, {
    headers: { authorization: `Bearer ${talk.token}` },
  })
  return response.text()
}

const elsewhere = async (path: string) => {
  const headers = { authorization: `Bearer ${talk.token}` }
  return (await fetch(`${talk.chat.node().url}/api/chat${path}`, { headers })).text()
}

async function streamed(): Promise<string> {
  const url = `${talk.chat.node().url}/api/chat/sessions/${talk.sessionId}/stream?after=0&token=${talk.token}`
  const controller = new AbortController()
  const response = await fetch(url, { signal: controller.signal })
  let text = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    if (text.includes('the end')) break
  }
  controller.abort()
  return text
}

/** Everything that a visitor can fetch of a chat and around it. A route that is not here fails the test below. */
const waysOut: Record<string, () => Promise<string>> = {
  '/api/chat/inboxes/:key': async () => (await fetch(`${talk.chat.node().url}/api/chat/inboxes/default`)).text(),
  '/api/chat/agents': async () =>
    (
      await fetch(`${talk.chat.node().url}/api/chat/agents`, { headers: { authorization: `Bearer ${talk.token}` } })
    ).text(),
  '/api/chat/canned': () => elsewhere('/canned?q=secret'),
  '/api/chat/sessions': async () => (await fetch(`${talk.chat.node().url}/api/chat/sessions`)).text(),
  '/api/chat/visitors/me/sessions': () => elsewhere('/visitors/me/sessions'),
  '/api/chat/visitors/:id/sessions': () => elsewhere(`/visitors/${talk.visitorId}/sessions`),
  '/api/chat/sessions/:id': () => get(''),
  '/api/chat/sessions/:id/files/:file': () => get(`/files/${secretFile}`),
  '/api/chat/sessions/:id/messages': async () => (await get('/messages')) + (await get('/messages?after=0')),
  '/api/chat/sessions/:id/messages/:message/versions': () => get(`/messages/${noteId}/versions`),
  '/api/chat/sessions/:id/queue': () => get('/queue'),
  '/api/chat/sessions/:id/search': () => get('/search?q=secret'),
  '/api/chat/sessions/:id/stream': streamed,
}

it('knows every way out of a chat', () => {
  const routes = talk.chat.node().routes.filter(({ method, path }) => method === 'GET' && path.startsWith('/api/chat/'))
  expect([...new Set(routes.map(({ path }) => path))].sort()).toEqual(Object.keys(waysOut).sort())
})

it.each(Object.keys(waysOut))('lets no internal note out to a visitor: %s', async (path) => {
  const before = await waysOut[path]?.()
  await talk.chat.node().log.projected()
  expect(`${before}${await waysOut[path]?.()}`).not.toContain('SECRET')
})

it('lets no internal note out to a visitor: the socket, from the beginning and live', async () => {
  const { chat, sessionId, token, visitor } = talk
  const fromStart = chat.connect(token)
  await fromStart.ask('join_chat', { sessionId, afterSeq: 0 })
  await expect
    .poll(() => [fromStart, visitor].map((one) => one.texts().at(-1)), { timeout: 10_000 })
    .toEqual(['the end', 'the end'])
  expect(JSON.stringify([fromStart.shown, visitor.shown])).not.toContain('SECRET')
})
