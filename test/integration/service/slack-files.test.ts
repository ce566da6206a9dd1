import { afterAll, beforeAll, expect, it } from 'vitest'
import { aPicture, uploadTo } from '../../support/files.ts'
import { aWorld, json, type World } from '../../support/world.ts'

let world: World
beforeAll(async () => {
  world = await aWorld({ factor: 0.1 })
})
afterAll(() => world.close())

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 60_000, interval: 200 })

interface Shown {
  ts: string
  text: string
  files?: { id: string; name?: string; mimetype?: string; mode?: string }[]
}

/** A chat with a thread; `shown`: what stands in it, each file by its name. */
async function aChat() {
  const visitor = await world.visitor()
  await visitor.send('before')
  const replies = async () => ((await world.thread(visitor.sessionId))?.replies ?? []) as Shown[]
  await poll(async () => (await replies()).length).toBe(1)
  const sendFile = async () => {
    const { body } = await uploadTo(world.url, visitor.token, { bytes: await aPicture('png'), name: 'tea.png' })
    const message = {
      sessionId: visitor.sessionId,
      messageType: 'image',
      content: 'my tea',
      file: { fileId: body.fileId },
    }
    return visitor.socket.emitWithAck('send_message', { ...message, clientMessageId: `file-${body.fileId}` })
  }
  const shown = async () => (await replies()).map(({ text, files }) => files?.[0]?.name ?? text)
  return { visitor, replies, sendFile, shown }
}

it('shows a customer’s file in the thread, in its place among what they write, and not to them again', async () => {
  const { visitor, sendFile, replies, shown } = await aChat()
  await sendFile()
  await visitor.send('after')
  await poll(shown).toEqual(['before', 'tea.png', 'after'])
  const [, file] = await replies()
  expect([file?.text, visitor.seen.map(({ content }) => content)]).toEqual([
    '*Ana*\nmy tea',
    ['before', 'my tea', 'after'],
  ])
})

it('takes a customer’s file out of Slack when they delete their message, and keeps what else stands there', async () => {
  const { visitor, sendFile, replies, shown } = await aChat()
  const sent = await sendFile()
  await visitor.send('after')
  await poll(shown).toEqual(['before', 'tea.png', 'after'])
  const { sessionId } = visitor
  await visitor.socket.emitWithAck('edit_message', { sessionId, messageId: sent.id, content: 'my best tea' })
  await poll(async () => (await replies())[1]?.text).toBe('*Ana*\nmy best tea _(edited)_')
  await visitor.socket.emitWithAck('delete_message', { sessionId, messageId: sent.id })
  await poll(async () => (await replies())[1]).toMatchObject({ text: '_This message was deleted._' })
  const [, file] = await replies()
  expect([file?.files?.[0]?.mode, (await shown()).at(-1)]).toEqual(['tombstone', 'after'])
})

it.each([
  ['before it is shown', 'hold_before', 'files.completeUploadExternal'],
  ['after it is shown', 'hold_after', 'files.completeUploadExternal'],
  ['while it goes up', 'hold_after', 'files.getUploadURLExternal'],
])('shows it once when the service is killed %s', async (_, kind, method) => {
  const { visitor, sendFile, shown } = await aChat()
  await world.faults('slack', [{ id: 'file', kind, match: { method } }])
  await sendFile()
  await visitor.send('after')
  await poll(() => world.heldBy('slack')).toBe(1)
  await world.kill()
  await json(`${world.slack.url}/sandbox/faults/release`, { method: 'POST', body: { id: 'file', how: 'drop' } })
  await world.start()
  await poll(shown).toEqual(['before', 'tea.png', 'after'])
})

it('brings its link where the app may not share files', async () => {
  const { sendFile, shown } = await aChat()
  await json(`${world.slack.url}/sandbox/state`, { method: 'PUT', body: { scopes: ['chat:write.customize'] } })
  await sendFile()
  await poll(shown).toEqual(['before', expect.stringMatching(/^my tea\ntea\.png \(.*\): http/)])
})
