import { afterEach, expect, it } from 'vitest'
import type { ChatClient } from '../../../clients/core/client.ts'
import { aChat, type TestChat } from '../../support/chat.ts'
import { aPdf } from '../../support/files.ts'
import { aWidget } from '../../support/widget.ts'

const open: TestChat[] = []
const clients: ChatClient[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) client.stop()
  for (const chat of open.splice(0)) await chat.close()
})

const poll = <T>(read: () => T) => expect.poll(read, { timeout: 20_000, interval: 20 })

async function aVisitor() {
  const chat = await aChat()
  open.push(chat)
  const client = aWidget(chat.node().url)
  clients.push(client)
  return { chat, client }
}

it('begins a chat with a file, and sends files in the order in which they were chosen', async () => {
  const { chat, client } = await aVisitor()
  client.sendFile(new Blob([new Uint8Array(aPdf('one'))]), 'one.pdf', 'the invoice')
  client.sendFile(new Blob([new Uint8Array(aPdf('two'))]), 'two.pdf')
  const shown = () =>
    client.state().conversation.messages.map(({ messageType, content, file }) => [messageType, content, file?.name])
  await poll(shown).toEqual([
    ['file', 'the invoice', 'one.pdf'],
    ['file', '', 'two.pdf'],
  ])
  const { pending, uploads, sessionId } = client.state()
  expect({ pending, uploads, log: (await chat.events(sessionId ?? '')).map(({ type }) => type) }).toEqual({
    ...{ pending: [], uploads: [] },
    log: ['session_started', 'message', 'message'],
  })
})

it('says why a file is not taken, and sends what comes after it', async () => {
  const { client } = await aVisitor()
  client.sendFile(new Blob(['just text']), 'notes.txt')
  client.sendFile(new Blob([new Uint8Array(aPdf())]), 'good.pdf')
  await poll(() => client.state().conversation.messages.map(({ file }) => file?.name)).toEqual(['good.pdf'])
  expect(client.state().uploads).toMatchObject([
    {
      name: 'notes.txt',
      failed: { code: 'file_type_not_allowed', details: { allowed: ['jpeg', 'png', 'gif', 'pdf'] } },
    },
  ])
})
