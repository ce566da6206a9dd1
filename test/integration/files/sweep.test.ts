import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FileRecord } from '../../../src/chat/files/records.ts'
import { DeskbridgeError } from '../../../src/contract/errors.ts'
import { type EventId, EventKey, type FileId, SessionId } from '../../../src/contract/ids.ts'
import { aChat, type TestChat } from '../../support/chat.ts'
import { aPdf, aPicture, inStore, openLink, upload } from '../../support/files.ts'

const minute = 60_000
const endOfTime = new Date('9999-12-31')
const day = 1_440 * minute
let chat: TestChat
/** How far ahead of the machine's the chat's clock is: ten past the hour to begin with, because links end with one. */
let ahead = 70 * minute - (Date.now() % (60 * minute))
const now = () => Date.now() + ahead
let sessionId: SessionId
let token: string
beforeAll(async () => {
  chat = await aChat({ nodes: 2, now, times: { sweepFiles: 50 }, limits: { uploadRateLimit: 1_000 } })
  const session = await chat.session()
  sessionId = session.sessionId
  token = session.token
})
afterAll(() => chat.close())

const records = () => chat.node().connection.collection<FileRecord>('files')
const record = async (fileId: string) => records().findOne({ _id: fileId as never })
const set = (fileId: string, change: Partial<FileRecord>) =>
  records().updateOne({ _id: fileId as never }, { $set: change })

const uploaded = async () =>
  (await upload(chat, token, { bytes: aPdf(), name: 'a.pdf' })).body as { fileId: string; url: string }
const sent = async () => {
  const { fileId, url } = await uploaded()
  const { sessionId: _, ...body } = chat.aMessage(sessionId, '', { messageType: 'file', file: { fileId } })
  const message = await chat.call('POST', `/api/chat/sessions/${sessionId}/messages`, { token, body })
  return { fileId: fileId as FileId, url, messageId: message.body.id as EventId, seq: message.body.seq as number }
}
const isKept = async (fileId: string) => (await record(fileId)) !== null
const eventually = (condition: () => Promise<unknown>) => expect.poll(condition, { timeout: 20_000 })

it('removes what nobody has sent for a day, and keeps what was sent', async () => {
  const [orphan, message] = [await uploaded(), await sent()]
  ahead += day - minute
  const young = await uploaded()
  ahead += 2 * minute
  await eventually(() => isKept(orphan.fileId)).toBe(false)
  expect([await isKept(message.fileId), await isKept(young.fileId), (await openLink(chat, orphan.url)).status]).toEqual(
    [true, true, 404],
  )
})

it('removes the file of a message that never came about', async () => {
  const { fileId } = await uploaded()
  await set(fileId, { message: { key: EventKey.parse('c:somebody:never-sent'), internal: false }, checkAt: now() })
  await eventually(() => isKept(fileId)).toBe(false)
})

it('keeps the file of a message whose sender’s process died right after storing it', async () => {
  const { fileId } = await sent()
  await set(fileId, { checkAt: now() })
  await eventually(async () => (await record(fileId))?.checkAt).toBe(null)
})

it('removes the file of a deleted message although the process died right after storing the deletion', async () => {
  const { fileId, messageId, seq } = await sent()
  await set(fileId, { checkAt: now() })
  await chat.node().log.append({
    session: sessionId,
    key: EventKey.parse(`auto:revise:${seq}:0`),
    decide: () => ({
      append: {
        type: 'message_deleted',
        actor: { kind: 'admin', id: 'key' },
        origin: 'deskbridge',
        body: { message: messageId, messageSeq: seq, internal: false },
      },
    }),
  })
  await set(fileId, { checkAt: now() })
  await eventually(() => isKept(fileId)).toBe(false)
})

it('takes a deleted message’s file out of sight at once, and out of the store when that is back', async () => {
  const { fileId, url, messageId } = await sent()
  const { fileStore } = chat.node()
  const { remove } = fileStore
  fileStore.remove = async () => Promise.reject(new DeskbridgeError('unavailable'))
  const path = `/api/chat/sessions/${sessionId}/messages/${messageId}`
  const { status } = await chat.call('DELETE', path, { token })
  const seen = [(await openLink(chat, url)).status, await isKept(fileId)]
  // As an answer to the sender does that is late.
  await chat.node().chat.files.keep(fileId, { key: EventKey.parse('c:late'), internal: false })
  fileStore.remove = remove
  ahead += 11 * minute
  await eventually(() => isKept(fileId)).toBe(false)
  expect([status, seen]).toEqual([200, [404, true]])
})

it('removes from our part of the store what has no record, and leaves another installation’s', async () => {
  const { fileStore, connection } = chat.node()
  const kept = await sent()
  const folder = (await connection.collection('installation').findOne())?.folder
  const strangers = ['another/z/zfile', 'another/a/afile']
  const lost = [`${folder}/a/alost`, `${folder}/a/alost.thumbnail`, `${folder}/z/zlost`]
  for (const key of [...strangers, ...lost]) await fileStore.put(key, Buffer.from('x'), 'image/png')
  await eventually(async () => (await inStore(chat)).filter((key) => key.includes('lost'))).toEqual([])
  const place = (await record(kept.fileId))?.place
  const others: string[] = []
  for await (const key of fileStore.list('another')) others.push(key)
  expect([others.sort(), (await inStore(chat)).includes(place ?? '')]).toEqual([strangers.toSorted(), true])
})

it('removes all of a chat’s files, sent and not sent, from both processes at once, and no other chat’s', async () => {
  const { sessionId: own, token: key } = await chat.session()
  const other = await uploaded()
  for (const bytes of [await aPicture('png'), await aPicture('png')]) await upload(chat, key, { bytes })
  const before = await inStore(chat)
  const session = SessionId.parse(own)
  await Promise.all([0, 1].map((index) => chat.node(index).chat.files.removeOf(session, endOfTime)))
  const again = await chat.node().chat.files.removeOf(session, endOfTime)
  expect([before.length - (await inStore(chat)).length, again, await isKept(other.fileId)]).toEqual([4, 0, true])
})

it('keeps nothing of an upload into a chat that is erased meanwhile', async () => {
  const { sessionId: own, token: key } = await chat.session()
  const { fileStore, chat: service } = chat.node()
  const before = await inStore(chat)
  const { put } = fileStore
  fileStore.put = async (...file) => {
    await service.files.removeOf(SessionId.parse(own), endOfTime)
    return put(...file)
  }
  const { status } = await upload(chat, key, { bytes: await aPicture('png') })
  fileStore.put = put
  expect([status, await inStore(chat), await records().countDocuments({ session: own as never })]).toEqual([
    404,
    before,
    0,
  ])
})
