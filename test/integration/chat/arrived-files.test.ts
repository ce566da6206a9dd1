import { afterAll, beforeAll, expect, it } from 'vitest'
import { EventKey, SessionId } from '../../../src/contract/ids.ts'
import { aChat, type TestChat } from '../../support/chat.ts'
import { aPdf, aPicture, inStore, openLink } from '../../support/files.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await aChat()
})
afterAll(() => chat.close())

/** What an agent sent along in Zendesk arrives; `reads` counts how often it was fetched. */
async function arrive(bytes: Uint8Array, name: string) {
  const { sessionId, token } = await chat.session()
  let reads = 0
  const arriving = () =>
    chat.node().chat.conversation.postFile({
      session: SessionId.parse(sessionId),
      key: EventKey.parse('zendesk:comment:1:file:1'),
      actor: { kind: 'colleague', system: 'zendesk', id: '1002', name: 'Margaret' },
      origin: 'zendesk',
      name,
      read: async () => {
        reads += 1
        return bytes
      },
    })
  const messages = async () =>
    (await chat.call('GET', `/api/chat/sessions/${sessionId}/messages`, { token })).body.messages
  return { arriving, messages, reads: () => reads }
}

it('shows the visitor a picture that arrived, drawn anew, and takes it in once', async () => {
  const { arriving, messages, reads } = await arrive(await aPicture('png'), 'plan.png')
  await arriving()
  await arriving()
  const shown = await messages()
  expect([shown, reads()]).toMatchObject([
    [{ senderName: 'Margaret', messageType: 'image', content: '', file: { name: 'plan.png', type: 'image/png' } }],
    1,
  ])
  const { status, headers } = await openLink(chat, shown[0].file.url)
  expect([status, headers.get('content-type')]).toEqual([200, 'image/png'])
})

it.each([
  ['of a kind that is not taken', Buffer.from('MZ'), 'setup.exe', 'file_type_not_allowed'],
  ['in disguise', aPdf(), 'plan.png', 'file_type_not_allowed'],
])('keeps nothing of a file %s', async (_what, bytes, name, code) => {
  const before = await inStore(chat)
  const { arriving, messages } = await arrive(bytes, name)
  await expect(arriving()).rejects.toMatchObject({ code })
  expect([await messages(), await inStore(chat)]).toEqual([[], before])
})
