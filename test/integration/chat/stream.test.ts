import { afterEach, expect, it } from 'vitest'
import { aChat, type TestChat } from '../../support/chat.ts'

const open: TestChat[] = []
afterEach(async () => {
  for (const chat of open.splice(0)) await chat.close()
})

interface ServerSent {
  event: string
  id: string
  data: { seq: number; prev?: number; content?: string }
}

const parse = (text: string): ServerSent => {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? ''
  return { event: field('event'), id: field('id'), data: JSON.parse(field('data')) }
}

/** An open stream and what came over it. */
async function follow(
  chat: TestChat,
  sessionId: string,
  token: string,
  from: { after?: string; lastId?: string } = {},
) {
  const query = new URLSearchParams({ token, ...(from.after && { after: from.after }) })
  const abort = new AbortController()
  const response = await fetch(`${chat.node().url}/api/chat/sessions/${sessionId}/stream?${query}`, {
    signal: abort.signal,
    ...(from.lastId && { headers: { 'last-event-id': from.lastId } }),
  })
  const shown: ServerSent[] = []
  const reading = (async () => {
    let rest = ''
    for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split('\n\n')
      rest = blocks.pop() ?? ''
      shown.push(...blocks.filter((block) => block.includes('data:')).map(parse))
    }
    return 'ended'
  })().catch(() => 'aborted')
  return { shown, reading, leave: () => abort.abort() }
}

const poll = <T>(read: () => T) => expect.poll(read, { timeout: 10_000, interval: 10 })

async function aTalk() {
  const chat = await aChat()
  open.push(chat)
  const { sessionId, token, epoch } = await chat.session()
  const agent = await chat.agent()
  const say = (content: string, isInternal = false) => {
    const { sessionId: _, ...body } = chat.aMessage(sessionId, content, { isInternal })
    return chat.call('POST', `/api/chat/sessions/${sessionId}/messages`, { token: agent.token, body })
  }
  return { chat, sessionId, token, epoch, say }
}

it('streams what is new, and goes on after the last id as if it had not been away', async () => {
  const { chat, sessionId, token, epoch, say } = await aTalk()
  const first = await follow(chat, sessionId, token)
  await poll(() => first.shown.length).toBe(1)
  await say('one')
  await say('between us', true)
  await say('three')
  await poll(() => first.shown.length).toBe(3)
  first.leave()
  await say('four')
  const again = await follow(chat, sessionId, token, { lastId: first.shown.at(1)?.id ?? '' })
  await poll(() => again.shown.length).toBe(3)
  const brief = ({ shown }: typeof first) => shown.map(({ event, id, data }) => [event, id, data.prev, data.content])
  expect([brief(first), brief(again)]).toEqual([
    [
      ['session_info', `${epoch}:1`, undefined, undefined],
      ['new_message', `${epoch}:2`, 1, 'one'],
      ['new_message', `${epoch}:4`, 2, 'three'],
    ],
    [
      ['session_info', `${epoch}:2`, undefined, undefined],
      ['new_message', `${epoch}:4`, 2, 'three'],
      ['new_message', `${epoch}:5`, 4, 'four'],
    ],
  ])
})

it('begins at a bare position, and now where the position is of another life of the chat', async () => {
  const { chat, sessionId, token, epoch, say } = await aTalk()
  await say('one')
  const bare = await follow(chat, sessionId, token, { after: '1' })
  const other = await follow(chat, sessionId, token, { lastId: 'anotherlife:1' })
  await say('two')
  await poll(() => [bare.shown.length, other.shown.length]).toEqual([3, 2])
  expect([bare.shown.map(({ id }) => id), other.shown.map(({ id }) => id)]).toEqual([
    [`${epoch}:1`, `${epoch}:2`, `${epoch}:3`],
    [`${epoch}:2`, `${epoch}:3`],
  ])
})

it('ends with the node, which does not wait for its readers', async () => {
  const { chat, sessionId, token } = await aTalk()
  const stream = await follow(chat, sessionId, token)
  await poll(() => stream.shown.length).toBe(1)
  await chat.node().close()
  expect(await stream.reading).toBe('ended')
})
