import { afterAll, beforeAll, expect, it } from 'vitest'
import { messageProjection } from '../../../src/chat/messages/project-messages.ts'
import { summaryFold } from '../../../src/chat/sessions/fold-summary.ts'
import { Transcript } from '../../../src/contract/transcript.ts'
import { createProjector } from '../../../src/log/project.ts'
import { createIds } from '../../../src/platform/ids.ts'
import { aTalk } from '../../support/chat.ts'

let talk: Awaited<ReturnType<typeof aTalk>>
beforeAll(async () => {
  talk = await aTalk()
})
afterAll(() => talk.chat.close())

async function transcript(sessionId: string, query: string, token?: string) {
  const response = await fetch(`${talk.chat.node().url}/api/chat/sessions/${sessionId}/transcript${query}`, {
    headers: token ? { authorization: `Bearer ${token}` } : {},
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** A chat of a visitor in Lisbon with an edit, a deletion and a note. */
async function aStory() {
  const { chat, agent } = talk
  const started = await chat.session({ name: 'Ana', timeZone: 'Europe/Lisbon', locale: 'en-GB' })
  const { sessionId, token } = started
  const visitor = chat.connect(token)
  const answering = chat.connect(agent.token)
  await visitor.ask('join_chat', { sessionId })
  await answering.ask('agent_join', { sessionId })
  await visitor.ask('send_message', chat.aMessage(sessionId, 'Hi'))
  const edited = await answering.ask('send_message', chat.aMessage(sessionId, 'Helo'))
  await answering.ask('send_message', chat.aMessage(sessionId, 'a note', { isInternal: true }))
  const gone = await visitor.ask('send_message', chat.aMessage(sessionId, 'my card is 1234'))
  await answering.ask('edit_message', { sessionId, messageId: edited.id, content: 'Hello' })
  await visitor.ask('delete_message', { sessionId, messageId: gone.id })
  await visitor.ask('close_chat', { sessionId })
  return started
}

const told = (text: string) =>
  Transcript.parse(JSON.parse(text)).lines.map((line) =>
    line.kind === 'message'
      ? [line.sender.name, line.deleted ? 'deleted' : line.content, line.edited, line.isInternal]
      : [line.name, line.what],
  )

it('tells a chat as it is now to its visitor, before and after it is projected', async () => {
  const { sessionId, token } = await aStory()
  const before = await transcript(sessionId, '?format=json', token)
  await talk.chat.node().log.projected()
  const after = await transcript(sessionId, '?format=json', token)
  expect([told(before.text), after.text, Transcript.parse(JSON.parse(after.text)).timeZone]).toEqual([
    [
      ['Bo', 'joined'],
      ['Ana', 'Hi', false, false],
      ['Bo', 'Hello', true, false],
      ['Ana', 'deleted', false, false],
      ['Ana', 'closed'],
    ],
    before.text,
    'Europe/Lisbon',
  ])
})

it('tells notes only to an agent who asks for them', async () => {
  const { sessionId, token } = await aStory()
  const { token: key } = talk.agent
  const plain = await transcript(sessionId, '', key)
  const internal = await transcript(sessionId, '?internal=true&format=html', key)
  const refused = await transcript(sessionId, '?internal=true', token)
  expect([plain.text.includes('a note'), internal.text.includes('a note'), refused.status]).toEqual([false, true, 403])
})

it('is a file under a name that says which, that can load nothing and that nobody keeps', async () => {
  const { sessionId, token } = await aStory()
  const { headers } = await transcript(sessionId, '?format=html&timeZone=Asia/Tokyo', token)
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-disposition': expect.stringMatching(
      new RegExp(`^attachment; filename="chat-\\d{4}-\\d\\d-\\d\\d-${sessionId.slice(-6)}.html"$`),
    ),
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  })
})

it('is refused to strangers, and with a zone or format that there is not', async () => {
  const { sessionId } = await aStory()
  const other = await talk.chat.session()
  const asked = await Promise.all([
    transcript(sessionId, ''),
    transcript(sessionId, '', other.token),
    ...['?timeZone=Mars/Olympus', '?format=pdf', '?internal=1', '?x=1'].map((query) =>
      transcript(sessionId, query, talk.agent.token),
    ),
  ])
  expect(asked.map(({ status }) => status)).toEqual([401, 404, 400, 400, 400, 400])
})

it('tells a chat of 10,000 messages, whole and in order', async () => {
  const { chat } = talk
  const { sessionId, token } = await chat.session()
  const { connection, log } = chat.node()
  await log.projected()
  const [first] = await chat.events(sessionId)
  const ids = createIds()
  const events = Array.from({ length: 10_000 }, (_, index) => ({
    ...first,
    _id: ids.event(),
    seq: index + 2,
    key: `test:${index}`,
    type: 'message',
    body: { messageType: 'text', content: `message ${index}`, internal: false },
  }))
  await connection.collection('events').insertMany(events as never[], { ordered: false })
  const projector = createProjector({ connection, fold: summaryFold, projections: [messageProjection] })
  await projector.project(new Map([[sessionId, []]]))
  const { text } = await transcript(sessionId, '?format=json', token)
  expect(told(text).map(([, content]) => content)).toEqual(events.map(({ body }) => body.content))
}, 120_000)
