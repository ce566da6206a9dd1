import { afterEach, expect, it } from 'vitest'
import { aTalk as aTalkOf, type TestChat } from '../../support/chat.ts'

const open: TestChat[] = []
afterEach(async () => {
  for (const chat of open.splice(0)) await chat.close()
})

async function aTalk() {
  const talk = await aTalkOf()
  const { chat, sessionId, token, agent, answering } = talk
  open.push(chat)
  const read = (messageId: string, by = token) =>
    chat.call('POST', `/api/chat/sessions/${sessionId}/messages/${messageId}/read`, { token: by, body: {} })
  const say = async (text: string, more: object = {}): Promise<{ id: string; seq: number }> =>
    answering.ask('send_message', chat.aMessage(sessionId, text, more))
  const info = async (by = token) => (await chat.call('GET', `/api/chat/sessions/${sessionId}`, { token: by })).body
  return { ...talk, read, say, info, agentToken: agent.token }
}

it('marks what was read over HTTP, forward only, and tells both sides how far', async () => {
  const { chat, sessionId, token, visitor, read, say, info, agentToken } = await aTalk()
  const [first, second] = [await say('one'), await say('two')]
  const own = await visitor.ask('send_message', chat.aMessage(sessionId, 'three'))
  const answers = [await read(second.id), await read(first.id), await read(second.id), await read(own.id, agentToken)]
  await chat.node().log.projected()
  const elsewhere = chat.connect(token)
  await elsewhere.ask('join_chat', { sessionId })
  const marks = (await chat.events(sessionId)).flatMap((event) =>
    event.type === 'message_read' ? [[event.actor.kind, event.body.upTo]] : [],
  )
  const joined = elsewhere.shown.find(({ event }) => event === 'session_info')?.data
  const readUpTo = { visitor: second.seq, team: own.seq }
  expect({
    answers,
    marks,
    told: [await info(), await info(agentToken), joined].map((one) => one.readUpTo),
  }).toEqual({
    answers: Array.from({ length: 4 }, () => ({ status: 200, body: {} })),
    marks: [
      ['visitor', second.seq],
      ['agent', own.seq],
    ],
    told: [readUpTo, readUpTo, readUpTo],
  })
})

it('has read nothing before anybody reads', async () => {
  const { say, info } = await aTalk()
  await say('one')
  expect((await info()).readUpTo).toEqual({ visitor: 0, team: 0 })
})

it('marks nothing that its reader cannot see, and asks for a token', async () => {
  const { chat, sessionId, read, say } = await aTalk()
  const note = await say('between us', { isInternal: true })
  const other = await chat.session()
  const answers = [
    await read(note.id),
    await read('evt_000000000000000000000000'),
    await read('nonsense'),
    await read(note.id, other.token),
    await read(note.id, ''),
  ]
  const marks = (await chat.events(sessionId)).filter(({ type }) => type === 'message_read')
  expect([answers.map(({ status }) => status), marks]).toEqual([[404, 404, 404, 404, 401], []])
})
