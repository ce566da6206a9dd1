import fc from 'fast-check'
import { afterEach, expect, it } from 'vitest'
import { aChat, aTalk as aTalkOf, type ChatClient, type TestChat } from '../../support/chat.ts'

const open: TestChat[] = []
afterEach(async () => {
  for (const chat of open.splice(0)) await chat.close()
})

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 15_000, interval: 10 })

const aTalk = async (options?: Parameters<typeof aTalkOf>[0]) => {
  const talk = await aTalkOf(options)
  open.push(talk.chat)
  return talk
}

const seqs = (client: ChatClient) => client.frames().map(({ seq }) => seq)
const chain = (client: ChatClient) => client.frames().map(({ prev, seq }) => [prev, seq])

it('brings what both sides write to both, in the order of the log, over two nodes', async () => {
  const { chat, sessionId, visitor, answering } = await aTalk({ nodes: 2 })
  const sides = [visitor, answering]
  const sent = Array.from({ length: 40 }, (_, index) =>
    sides[index % 2]?.ask('send_message', chat.aMessage(sessionId, `text ${index}`)),
  )
  const acks = await Promise.all(sent)
  await poll(() => [visitor.texts().length, answering.texts().length]).toEqual([40, 40])
  const log = (await chat.events(sessionId)).filter((event) => event.type === 'message')
  expect([visitor.texts(), answering.texts(), acks.map(({ seq }) => seq).toSorted((a, b) => a - b)]).toEqual([
    log.map((event) => event.body.content),
    log.map((event) => event.body.content),
    log.map((event) => event.seq),
  ])
})

it('shows an internal message to agents alone, and leaves no gap where the visitor saw nothing', async () => {
  const { chat, sessionId, token, agent, visitor, answering } = await aTalk({ nodes: 2 })
  await answering.ask('send_message', chat.aMessage(sessionId, 'one'))
  await answering.ask('send_message', chat.aMessage(sessionId, 'between us', { isInternal: true }))
  await answering.ask('send_message', chat.aMessage(sessionId, 'three'))
  await poll(() => visitor.texts().length).toBe(2)
  const pages = await Promise.all(
    [token, agent.token].flatMap((reader) =>
      ['', '?after=0'].map((query) =>
        chat.call('GET', `/api/chat/sessions/${sessionId}/messages${query}`, { token: reader }),
      ),
    ),
  )
  const refused = await visitor.ask('send_message', chat.aMessage(sessionId, 'me too', { isInternal: true }))
  expect({
    visitor: chain(visitor).slice(-2),
    everything: JSON.stringify(visitor.shown).includes('between us'),
    agent: answering.texts(),
    pages: pages.map(({ body }) => body.messages.map((message: { content: string }) => message.content)),
    refused: refused.error.code,
  }).toEqual({
    visitor: [
      [2, 3],
      [3, 5],
    ],
    everything: false,
    agent: ['one', 'between us', 'three'],
    pages: [
      ['one', 'three'],
      ['one', 'three'],
      ['one', 'between us', 'three'],
      ['one', 'between us', 'three'],
    ],
    refused: 'forbidden',
  })
})

it('catches up from any position while both nodes append, without a gap and without a repetition', async () => {
  const chat = await aChat({ nodes: 2 })
  open.push(chat)
  const agent = await chat.agent()
  const writes = fc.array(fc.record({ node: fc.nat(1), internal: fc.boolean() }), { minLength: 4, maxLength: 24 })
  const joins = fc.array(fc.record({ node: fc.nat(1), after: fc.nat(12), asVisitor: fc.boolean(), at: fc.nat(24) }), {
    minLength: 1,
    maxLength: 4,
  })
  await fc.assert(
    fc.asyncProperty(writes, joins, fc.nat(12), async (writing, joining, before) => {
      const { sessionId, token } = await chat.session()
      const writers = [chat.connect(agent.token, 0), chat.connect(agent.token, 1)]
      for (const writer of writers) await writer.ask('join_chat', { sessionId })
      const write = (index: number, node: number, isInternal: boolean) =>
        writers[node]?.ask('send_message', chat.aMessage(sessionId, `text ${index}`, { isInternal }))
      for (let index = 0; index < before; index += 1) await write(index, index % 2, index % 3 === 0)

      const readers: { client: ChatClient; after: number; asVisitor: boolean }[] = []
      const pending: unknown[] = []
      for (const [index, { node, internal }] of writing.entries()) {
        pending.push(write(index, node, internal))
        for (const one of joining.filter(({ at }) => at % writing.length === index)) {
          const after = Math.min(one.after, before + 1)
          const client = chat.connect(one.asVisitor ? token : agent.token, one.node)
          readers.push({ client, after, asVisitor: one.asVisitor })
          pending.push(client.ask('join_chat', { sessionId, afterSeq: after }))
        }
      }
      await Promise.all(pending)

      const log = await chat.events(sessionId)
      for (const { client, after, asVisitor } of readers) {
        const visible = log
          .filter((event) => event.seq > after && !(asVisitor && event.type === 'message' && event.body.internal))
          .map(({ seq }) => seq)
        await poll(() => seqs(client)).toEqual(visible)
        expect(chain(client)).toEqual(visible.map((seq, index) => [visible[index - 1] ?? after, seq]))
        client.socket.close()
      }
      for (const writer of writers) writer.socket.close()
    }),
    { numRuns: 12 },
  )
})

it('gives a page instead of frames to a reader from another life of the chat, or from its future', async () => {
  const { chat, sessionId, token, epoch, visitor } = await aTalk()
  await visitor.ask('send_message', chat.aMessage(sessionId, 'hello'))
  const answers = []
  for (const position of [
    { afterSeq: 1, epoch },
    { afterSeq: 1, epoch: 'anotherlife' },
    { afterSeq: 99, epoch },
  ]) {
    const client = chat.connect(token)
    const ack = await client.ask('join_chat', { sessionId, ...position })
    await poll(() => client.shown.some(({ event, data }) => event === 'chat_history' || data.seq === 3)).toBe(true)
    answers.push([ack.seq, client.shown.map(({ event }) => event).filter((event) => event !== 'queue_position')])
  }
  expect(answers).toEqual([
    [1, ['session_info', 'agent_joined', 'new_message']],
    [3, ['session_info', 'chat_history']],
    [3, ['session_info', 'chat_history']],
  ])
})

it('tells the others who types until they stop, and who has left with their last connection', async () => {
  const { chat, sessionId, token, visitor, answering } = await aTalk({ nodes: 2 })
  const second = chat.connect(token, 1)
  await second.ask('join_chat', { sessionId })
  await visitor.ask('typing', { sessionId, isTyping: true })
  const presence = () =>
    answering.shown
      .filter(({ event }) => ['user_typing', 'user_disconnected'].includes(event))
      .map(({ event, data }) => [event, data.isTyping])
  await poll(presence).toEqual([
    ['user_typing', true],
    ['user_typing', false],
  ])
  visitor.socket.close()
  await poll(chat.node(0).connected).toBe(0)
  await chat.node(0).askOthers()
  second.socket.close()
  await poll(() => presence().at(-1)).toEqual(['user_disconnected', undefined])
  expect([presence().length, visitor.shown.some(({ event }) => event === 'user_typing')]).toEqual([3, false])
})

it('writes a message once however often it is sent, and refuses other words under its id', async () => {
  const { chat, sessionId, visitor } = await aTalk({ nodes: 2 })
  const message = chat.aMessage(sessionId, 'once')
  const acks = await Promise.all(Array.from({ length: 5 }, () => visitor.ask('send_message', message)))
  const other = await visitor.ask('send_message', { ...message, content: 'twice' })
  await poll(() => visitor.texts()).toEqual(['once'])
  expect([new Set(acks.map(({ id }) => id)).size, other.error.code, (await chat.events(sessionId)).length]).toEqual([
    1,
    'key_conflict',
    3,
  ])
})

it('takes a message with half a character as it was stored when it is sent again', async () => {
  const { chat, sessionId, visitor } = await aTalk()
  const message = chat.aMessage(sessionId, 'cut in half: \ud83d')
  const first = await visitor.ask('send_message', message)
  expect(await visitor.ask('send_message', message)).toEqual(first)
})

it('moves a read mark forward only, whichever node is asked first', async () => {
  const { chat, sessionId, token, visitor, answering } = await aTalk({ nodes: 2 })
  const sent = []
  for (let index = 0; index < 8; index += 1)
    sent.push(await answering.ask('send_message', chat.aMessage(sessionId, `${index}`)))
  const elsewhere = chat.connect(token, 1)
  await elsewhere.ask('join_chat', { sessionId })
  const marks = sent
    .toReversed()
    .map(({ id }, index) => (index % 2 ? visitor : elsewhere).ask('message_read', { sessionId, messageId: id }))
  const acks = await Promise.all(marks)
  const log = await chat.events(sessionId)
  const upTo = log.filter((event) => event.type === 'message_read').map((event) => event.body.upTo)
  expect([acks.every(({ ok }) => ok), upTo, upTo.at(-1)]).toEqual([
    true,
    upTo.toSorted((a, b) => a - b),
    sent.at(-1)?.seq,
  ])
})
