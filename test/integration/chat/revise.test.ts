import { afterAll, beforeAll, expect, it } from 'vitest'
import { createMessageStore } from '../../../src/chat/messages/message-store.ts'
import type { LogEvent } from '../../../src/contract/event.ts'
import { SessionId } from '../../../src/contract/ids.ts'
import { aTalk } from '../../support/chat.ts'

let talk: Awaited<ReturnType<typeof aTalk>>
beforeAll(async () => {
  talk = await aTalk({ nodes: 2 })
})
afterAll(() => talk.chat.close())

const send = async (by: typeof talk.visitor, content: string, more: object = {}) =>
  (await by.ask('send_message', talk.chat.aMessage(talk.sessionId, content, more))).id as string

const contents = async (token: string) => {
  const { body } = await talk.chat.call('GET', `/api/chat/sessions/${talk.sessionId}/messages`, { token })
  return new Map(body.messages.map((message: { id: string }) => [message.id, message]))
}

it('shows an edit and a deletion to everybody, in history before and after it is projected', async () => {
  const { chat, sessionId, visitor, answering, token, agent } = talk
  const messageId = await send(visitor, 'I orderd it')
  await visitor.ask('edit_message', { sessionId, messageId, content: 'I ordered it' })
  const fresh = (await contents(token)).get(messageId)
  await chat.node().log.projected()
  const stored = (await contents(agent.token)).get(messageId)
  await visitor.ask('delete_message', { sessionId, messageId })
  const deleted = (await contents(agent.token)).get(messageId)
  await expect
    .poll(() =>
      answering.shown.filter(({ event, data }) => event.startsWith('message_') && data.messageId === messageId),
    )
    .toMatchObject([
      { event: 'message_updated', data: { content: 'I ordered it' } },
      { event: 'message_deleted', data: { messageId } },
    ])
  expect([fresh, stored, deleted]).toMatchObject([
    { content: 'I ordered it', deleted: false, editedAt: expect.any(String) },
    { content: 'I ordered it', deleted: false, editedAt: expect.any(String) },
    { content: '', deleted: true, editedAt: null },
  ])
})

it('keeps what a message said before, for agents', async () => {
  const { chat, sessionId, visitor, token, agent } = talk
  const messageId = await send(visitor, 'one')
  for (const content of ['two', 'three']) await visitor.ask('edit_message', { sessionId, messageId, content })
  await visitor.ask('delete_message', { sessionId, messageId })
  const path = `/api/chat/sessions/${sessionId}/messages/${messageId}/versions`
  const answers = await Promise.all([agent.token, token].map((by) => chat.call('GET', path, { token: by })))
  await chat.node().log.projected()
  const later = await chat.call('GET', path, { token: agent.token })
  expect([answers[0]?.body.versions.map(({ content }: { content: string }) => content), answers[1]?.status]).toEqual([
    ['one', 'two', 'three'],
    403,
  ])
  expect(later.body).toEqual({ ...answers[0]?.body, deletedAt: expect.any(String) })
})

it('lets the author alone change a message, and nobody one that is deleted', async () => {
  const { chat, sessionId, visitor, answering } = talk
  const messageId = await send(visitor, 'mine')
  const before = await chat.written()
  const byOther = [
    await answering.ask('edit_message', { sessionId, messageId, content: 'yours' }),
    await answering.ask('delete_message', { sessionId, messageId }),
  ]
  const unwritten = await chat.written()
  const first = await visitor.ask('delete_message', { sessionId, messageId })
  const again = await visitor.ask('delete_message', { sessionId, messageId })
  const late = await visitor.ask('edit_message', { sessionId, messageId, content: 'back' })
  expect([byOther.map(({ error }) => error.code), unwritten, again, late.error.code]).toEqual([
    ['forbidden', 'forbidden'],
    before,
    first,
    'message_deleted',
  ])
})

it('settles edits and a deletion that come at once on both nodes: deleted for good, in one order for all', async () => {
  const { chat, sessionId, token, agent } = talk
  const clients = [chat.connect(token, 0), chat.connect(token, 1)]
  for (const client of clients) await client.ask('join_chat', { sessionId })
  const [one, two] = clients
  if (!one || !two) throw new Error('two clients')
  const messageId = await send(one, 'draft')
  const acks = await Promise.all([
    ...['a', 'b', 'c'].map((content) => one.ask('edit_message', { sessionId, messageId, content })),
    ...['d', 'e'].map((content) => two.ask('edit_message', { sessionId, messageId, content })),
    two.ask('delete_message', { sessionId, messageId }),
  ])
  const revisions = (await chat.events(sessionId)).filter(
    (event) =>
      (event.type === 'message_edited' || event.type === 'message_deleted') && event.body.message === messageId,
  )
  const shown = (await contents(agent.token)).get(messageId)
  expect([revisions.at(-1)?.type, shown]).toMatchObject(['message_deleted', { content: '', deleted: true }])
  expect(acks.filter(({ ok }) => ok)).toHaveLength(revisions.length)
})

it('tells that a message has arrived, and then that it was read, once each', async () => {
  const { chat, sessionId, visitor, answering } = talk
  const messageId = await send(answering, 'Did you get this?')
  for (const event of ['message_delivered', 'message_delivered', 'message_read', 'message_delivered'])
    await visitor.ask(event, { sessionId, messageId })
  const marks = (await chat.events(sessionId)).filter(
    ({ type }) => type === 'message_delivered' || type === 'message_read',
  )
  expect(marks.map(({ type }) => type)).toEqual(['message_delivered', 'message_read'])
})

it('finds messages by their words as they are now, without case and accents', async () => {
  const { chat, sessionId, visitor, answering, token, agent } = talk
  const kept = await send(visitor, 'Où est ma Théière bleue?')
  const edited = await send(visitor, 'a teapot')
  await visitor.ask('edit_message', { sessionId, messageId: edited, content: 'a samovar' })
  await send(answering, 'theiere: check the stock', { isInternal: true })
  const search = async (q: string, by: string) => {
    const { body } = await chat.call('GET', `/api/chat/sessions/${sessionId}/search?q=${encodeURIComponent(q)}`, {
      token: by,
    })
    return body.messages.map(({ id }: { id: string }) => id)
  }
  const ask = async () => [
    await search('THEIERE', token),
    await search('bleue thei', token),
    await search('teapot', token),
    await search('samo', token),
    (await search('theiere', agent.token)).length,
  ]
  const fresh = await ask()
  await chat.node().log.projected()
  const wanted = [[kept], [kept], [], [edited], 2]
  expect([fresh, await ask()]).toEqual([wanted, wanted])
})

it('finds what is older than messages that only seem to fit', async () => {
  const { chat, sessionId, visitor, token } = talk
  const fits = await send(visitor, 'a quince')
  for (const n of [1, 2, 3]) await send(visitor, `apple zest ${n}`)
  await chat.node().log.projected()
  const { body } = await chat.call('GET', `/api/chat/sessions/${sessionId}/search?q=quin&limit=1`, { token })
  expect(body.messages.map(({ id }: { id: string }) => id)).toEqual([fits])
})

it('searches by what was revised since the projection, and loses no older hit to what is gone', async () => {
  const { chat, sessionId, visitor } = talk
  const ids = []
  for (const text of ['a plum', 'another plum', 'a cherry', 'last plum']) ids.push(await send(visitor, text))
  const [first, second, third, last] = ids
  await chat.node().log.projected()
  const written = await chat.events(sessionId)
  const seqOf = (id?: string) => written.find(({ _id }) => _id === id)?.seq ?? 0
  const envelope = { session: sessionId, version: 1, at: new Date(), origin: 'deskbridge', actor: written[0]?.actor }
  const revision = (offset: number, type: string, message?: string, more: object = {}) => {
    const seq = written.length + offset
    const body = { message, messageSeq: seqOf(message), ...more }
    return { ...envelope, _id: `evt_late${offset}`, key: `late:${offset}`, seq, type, body } as unknown as LogEvent
  }
  const late = [
    revision(1, 'message_deleted', last),
    revision(2, 'message_edited', third, { content: 'a third plum' }),
    revision(3, 'message_edited', second, { content: 'a pear' }),
  ]
  const read = async (_: SessionId, after: number) => late.filter(({ seq }) => seq > after)
  const store = createMessageStore(chat.node().connection, { read })
  const found = await store.search(SessionId.parse(sessionId), 'plum', 2, true)
  expect(found.map(({ event, content }) => [event._id, content])).toEqual([
    [first, 'a plum'],
    [third, 'a third plum'],
  ])
})
