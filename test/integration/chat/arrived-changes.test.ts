import { afterAll, beforeAll, expect, it } from 'vitest'
import { EventKey, SessionId } from '../../../src/contract/ids.ts'
import { aChat, type TestChat } from '../../support/chat.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await aChat()
})
afterAll(() => chat.close())

/** A chat in which somebody has answered from Slack. */
async function answered(content: string, internal = false) {
  const { sessionId, token } = await chat.session()
  const session = SessionId.parse(sessionId)
  const { conversation } = chat.node().chat
  const key = EventKey.parse('slack:C1:1.1')
  const actor = { kind: 'colleague', system: 'slack', id: 'U1', name: 'Grace' } as const
  await conversation.post({ session, key, actor, origin: 'slack', text: content, internal })
  const shown = async () => {
    const { body } = await chat.call('GET', `/api/chat/sessions/${sessionId}/messages`, { token })
    return body.messages.map(({ content: text, deleted }: { content: string; deleted?: boolean }) => ({
      text,
      deleted,
    }))
  }
  return { conversation, session, place: { session, of: key, origin: 'slack' }, key, shown }
}

it('shows what an answer says now, and nothing of one that is gone', async () => {
  const { conversation, session, place, key, shown } = await answered('On its way')
  await conversation.revise({ ...place, text: 'It left' })
  await conversation.revise({ ...place, text: 'It left' })
  const edited = [await shown(), await conversation.standing(session, key)]
  await conversation.remove(place)
  await conversation.remove(place)
  expect([edited, await conversation.standing(session, key), (await shown())[0]?.text ?? '']).toMatchObject([
    [[{ text: 'It left' }], { internal: false, deleted: false }],
    { internal: false, deleted: true },
    '',
  ])
})

it('never changes again what is gone', async () => {
  const { conversation, place } = await answered('On its way')
  await conversation.remove(place)
  await expect(conversation.revise({ ...place, text: 'It left' })).rejects.toMatchObject({ code: 'message_deleted' })
})

it('knows a note, and what is not there', async () => {
  const { conversation, session, key } = await answered('Ask legal', true)
  const other = EventKey.parse('slack:C1:2.1')
  expect([await conversation.standing(session, key), await conversation.standing(session, other)]).toEqual([
    { internal: true, deleted: false },
    null,
  ])
})
