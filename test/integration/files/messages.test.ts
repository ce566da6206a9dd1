import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aTalk } from '../../support/chat.ts'
import { aPdf, aPicture, inStore, openLink, upload } from '../../support/files.ts'

type Talk = Awaited<ReturnType<typeof aTalk>>
let talk: Talk
beforeAll(async () => {
  talk = await aTalk({ nodes: 2, limits: { uploadRateLimit: 1_000 } })
})
afterAll(() => talk.chat.close())

const picture = async (by = talk.token, more: object = {}) =>
  (await upload(talk.chat, by, { bytes: await aPicture('png'), name: 'Cat.png', ...more })).body
const document = async (by = talk.token, more: object = {}) =>
  (await upload(talk.chat, by, { bytes: aPdf(), name: 'Invoice 7.pdf', ...more })).body
const byAgent = () => ({ sessionId: talk.sessionId })

const aFile = (type: 'image' | 'file', fileId: string, more: object = {}) =>
  talk.chat.aMessage(talk.sessionId, '', { messageType: type, file: { fileId }, ...more })

const history = async (token: string) =>
  (await talk.chat.call('GET', `/api/chat/sessions/${talk.sessionId}/messages`, { token })).body.messages
const shownTo = async (token: string, id: string) =>
  (await history(token)).find((message: { id: string }) => message.id === id)
const renew = (token: string, fileId: string) =>
  talk.chat.call('GET', `/api/chat/sessions/${talk.sessionId}/files/${fileId}`, { token })

it('shows a picture with its caption to everybody, live and in history, with links that open', async () => {
  const { fileId, url, thumbnailUrl, ...about } = await picture()
  const ack = await talk.visitor.ask('send_message', aFile('image', fileId, { content: 'My cat' }))
  const whole = {
    id: ack.id,
    messageType: 'image',
    content: 'My cat',
    file: { id: fileId, ...about, url, thumbnailUrl },
  }
  const live = () => talk.answering.shown.find(({ data }) => data.id === ack.id)?.data
  await expect.poll(live, { timeout: 10_000 }).toMatchObject(whole)
  const before = await shownTo(talk.agent.token, ack.id)
  await talk.chat.node().log.projected()
  expect([before, await shownTo(talk.token, ack.id)]).toMatchObject([whole, whole])
  expect(
    (await Promise.all([url, thumbnailUrl].map((link) => openLink(talk.chat, link)))).map(({ status }) => status),
  ).toEqual([200, 200])
})

it('sends a document over HTTP, without a caption, and finds it by its name', async () => {
  const { fileId } = await document()
  const { sessionId, ...body } = aFile('file', fileId)
  const sent = await talk.chat.call('POST', `/api/chat/sessions/${sessionId}/messages`, { token: talk.token, body })
  const search = async () =>
    (await talk.chat.call('GET', `/api/chat/sessions/${sessionId}/search?q=invoice`, { token: talk.token })).body
      .messages
  const fresh = await search()
  await talk.chat.node().log.projected()
  const stored = await search()
  await talk.visitor.ask('edit_message', { sessionId, messageId: sent.body.id, content: 'for you' })
  await talk.chat.node().log.projected()
  expect([sent.status, fresh, stored, await search()]).toMatchObject([
    201,
    [{ messageType: 'file', content: '', file: { name: 'Invoice 7.pdf' } }],
    [{ file: { id: fileId } }],
    [{ content: 'for you', file: { id: fileId } }],
  ])
})

it('sends a file once: the same message again is the same, another one is refused', async () => {
  const { fileId } = await document()
  const message = aFile('file', fileId)
  const first = await talk.visitor.ask('send_message', message)
  const again = await talk.visitor.ask('send_message', message)
  const other = await talk.visitor.ask('send_message', aFile('file', fileId))
  const changed = await talk.visitor.ask('send_message', { ...message, content: 'another caption' })
  const afterwards = await talk.visitor.ask('send_message', message)
  expect([again, other.error.code, changed.error.code, afterwards]).toEqual([first, 'not_found', 'key_conflict', first])
})

it('gives a file to one of many messages that want it at once', async () => {
  const { fileId } = await document()
  const wanting = Array.from({ length: 6 }, () => talk.visitor.ask('send_message', aFile('file', fileId)))
  const acks = await Promise.all(wanting)
  const withFile = (await talk.chat.events(talk.sessionId)).filter(
    (event) => event.type === 'message' && event.body.file?.id === fileId,
  )
  expect([acks.filter(({ ok }) => ok).length, withFile.length]).toEqual([1, 1])
})

it('frees a file whose message was refused', async () => {
  const { fileId } = await document()
  const taken = talk.chat.aMessage(talk.sessionId, 'a text')
  await talk.visitor.ask('send_message', taken)
  const refused = await talk.visitor.ask('send_message', {
    ...aFile('file', fileId),
    clientMessageId: taken.clientMessageId,
  })
  const sent = await talk.visitor.ask('send_message', aFile('file', fileId))
  expect([refused.error.code, sent.ok]).toEqual(['key_conflict', true])
})

describe('a message with a file is refused and nothing is written', () => {
  it.each([
    ['of another sender', 'not_found', async () => aFile('file', (await document(talk.agent.token, byAgent())).fileId)],
    [
      'of another chat',
      'not_found',
      async () => aFile('file', (await document((await talk.chat.session()).token)).fileId),
    ],
    ['that is not there', 'not_found', () => aFile('file', `fil_${'0'.repeat(24)}`)],
    ['that is a picture, as a document', 'invalid_input', async () => aFile('file', (await picture()).fileId)],
    ['that is a document, as a picture', 'invalid_input', async () => aFile('image', (await document()).fileId)],
    [
      'in a text',
      'invalid_input',
      async () => aFile('file', (await document()).fileId, { messageType: 'text', content: 'x' }),
    ],
    ['without one', 'invalid_input', () => talk.chat.aMessage(talk.sessionId, 'x', { messageType: 'image' })],
    ['by its system', 'invalid_input', () => aFile('file', `fil_${'0'.repeat(24)}`, { messageType: 'system' })],
    ['in a note of a visitor', 'forbidden', async () => aFile('file', (await document()).fileId, { isInternal: true })],
    [
      'with too long a caption',
      'message_too_long',
      async () => aFile('file', (await document()).fileId, { content: 'x'.repeat(10_001) }),
    ],
  ])('%s: %s', async (_what, code, make) => {
    const message = await make()
    const before = await talk.chat.written()
    const ack = await talk.visitor.ask('send_message', message)
    expect([ack.error?.code, await talk.chat.written()]).toEqual([code, before])
  })

  it('leaves the file to a right message', async () => {
    const { fileId } = await picture()
    const wrong = [aFile('file', fileId), aFile('image', fileId, { content: 'x'.repeat(10_001) })]
    for (const message of wrong) await talk.visitor.ask('send_message', message)
    expect((await talk.visitor.ask('send_message', aFile('image', fileId))).ok).toBe(true)
  })
})

it('keeps the file of a note from the visitor, whatever they ask for', async () => {
  const { fileId } = await document(talk.agent.token, byAgent())
  const { fileId: open } = await document(talk.agent.token, byAgent())
  const unsent = await renew(talk.token, fileId)
  await talk.answering.ask('send_message', aFile('file', fileId, { isInternal: true, content: 'NOTE' }))
  await talk.answering.ask('send_message', aFile('file', open))
  const renewed = await Promise.all([talk.token, talk.agent.token].map((by) => renew(by, fileId)))
  const other = await talk.chat.session()
  expect({
    unsent: unsent.status,
    note: renewed.map(({ status }) => status),
    sent: (await renew(talk.token, open)).body.fileId,
    stranger: (await renew(other.token, open)).status,
    inHistory: JSON.stringify(await history(talk.token)).includes(fileId),
    live: JSON.stringify(talk.visitor.shown).includes(fileId),
  }).toEqual({ unsent: 404, note: [404, 200], sent: open, stranger: 404, inHistory: false, live: false })
})

it('takes a deleted message’s file out of view and out of the store, for every link there is', async () => {
  const { fileId, url, thumbnailUrl } = await picture()
  const before = await inStore(talk.chat)
  const message = aFile('image', fileId, { content: 'oops' })
  const { id: messageId } = await talk.visitor.ask('send_message', message)
  const { sessionId } = talk
  const deleted = await talk.visitor.ask('delete_message', { sessionId, messageId })
  const again = await talk.visitor.ask('delete_message', { sessionId, messageId })
  const sentAgain = await talk.visitor.ask('send_message', message)
  const opened = await Promise.all([url, thumbnailUrl].map((link) => openLink(talk.chat, link)))
  expect({
    again,
    sentAgain: sentAgain.id,
    shown: await shownTo(talk.agent.token, messageId),
    opened: opened.map(({ status }) => status),
    renewed: (await renew(talk.token, fileId)).status,
    gone: before.length - (await inStore(talk.chat)).length,
  }).toMatchObject({
    again: deleted,
    sentAgain: messageId,
    shown: { content: '', file: null, deleted: true },
    opened: [404, 404],
    renewed: 404,
    gone: 2,
  })
})

it('changes or takes away a caption and leaves the file', async () => {
  const { fileId } = await document()
  const { id: messageId } = await talk.visitor.ask('send_message', aFile('file', fileId, { content: 'Bil' }))
  const { sessionId } = talk
  const shown = []
  for (const content of ['Bill', '']) {
    await talk.visitor.ask('edit_message', { sessionId, messageId, content })
    shown.push(await shownTo(talk.token, messageId))
  }
  expect(shown).toMatchObject([
    { content: 'Bill', file: { id: fileId } },
    { content: '', file: { id: fileId } },
  ])
})
