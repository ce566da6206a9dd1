import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FoundInChatsPage } from '../../../src/contract/search.ts'
import { adminKey, aTalk } from '../../support/chat.ts'

let talk: Awaited<ReturnType<typeof aTalk>>
let ofShop: string
beforeAll(async () => {
  talk = await aTalk()
  const { chat } = talk
  const bea = { name: 'Bea', email: 'bea@example.com', inboxes: ['shop'] }
  const { body } = await chat.call('POST', '/api/admin/agents', { token: adminKey, body: bea })
  ofShop = (await chat.call('POST', `/api/admin/agents/${body.id}/token`, { token: adminKey })).body.token
})
afterAll(() => talk.chat.close())

const search = async (query: string, token = talk.agent.token) => {
  await talk.chat.node().log.projected()
  return talk.chat.call('GET', `/api/chat/search?${query}`, { token })
}
const found = async (query: string, token?: string) => {
  const { found: all } = (await search(query, token)).body as FoundInChatsPage
  return all.map((one) => [one.kind, one.kind === 'message' ? one.message.content : one.session.visitor.name])
}

async function aChatOf(about: object, texts: readonly string[]) {
  const { chat } = talk
  const { sessionId, token } = await chat.session(about)
  for (const content of texts) {
    const { sessionId: _, ...body } = chat.aMessage(sessionId, content)
    await chat.call('POST', `/api/chat/sessions/${sessionId}/messages`, { token, body })
  }
  return { sessionId, token }
}

it('finds messages by their words, whatever their case and accents, newest first', async () => {
  await aChatOf({ name: 'Eva' }, ['Where is my Übergabe-Protokoll?', 'the ubergabe', 'unbergabe'])
  expect(await found('q=uBERGABE')).toEqual([
    ['message', 'the ubergabe'],
    ['message', 'Where is my Übergabe-Protokoll?'],
  ])
})

it('finds only messages that hold every word', async () => {
  await aChatOf({}, ['purple elephant', 'purple', 'elephant'])
  expect(await found('q=elephant%20purple')).toEqual([['message', 'purple elephant']])
})

it('finds a visitor by name, the beginning of one, email or a part of it', async () => {
  await aChatOf({ name: 'Wilhelmina Zander', email: 'mina@zander.example' }, [])
  const asked = await Promise.all(
    ['q=wilhelmina', 'q=zan', 'q=mina@zander.example', 'q=Zander%20wilh', 'q=helmina'].map((query) => found(query)),
  )
  const her = ['visitor', 'Wilhelmina Zander']
  expect(asked).toEqual([[her], [her], [her], [her], []])
})

it('finds a visitor who came before others whose names only seem to fit', async () => {
  await aChatOf({ name: 'Mirabelle Ott' }, [])
  for (const n of [1, 2, 3]) await aChatOf({ name: `Anton Zorn ${n}` }, [])
  expect(await found('q=mirab&limit=1')).toEqual([['visitor', 'Mirabelle Ott']])
})

it('pages through messages and visitors in one order, none twice', async () => {
  for (const n of [1, 2, 3]) await aChatOf({ name: `Quokka ${n}` }, [`quokka a${n}`, `quokka b${n}`])
  const pages: unknown[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body }: { body: FoundInChatsPage } = await search(`q=quokka&limit=2${cursor && `&cursor=${cursor}`}`)
    pages.push(body.found.map((one) => (one.kind === 'message' ? one.message.content : one.session.visitor.name)))
    cursor = body.cursor
  }
  expect(pages).toEqual([
    ['quokka b3', 'quokka a3'],
    ['Quokka 3', 'quokka b2'],
    ['quokka a2', 'Quokka 2'],
    ['quokka b1', 'quokka a1'],
    ['Quokka 1'],
  ])
})

it('shows an agent nothing of an inbox that is not theirs', async () => {
  await aChatOf({ name: 'Narwhal', inboxKey: 'default' }, ['a narwhal'])
  await aChatOf({ name: 'Narwhal of the shop', inboxKey: 'shop' }, ['narwhal in the shop'])
  const asked = await Promise.all([found('q=narwhal', ofShop), found('q=narwhal&inbox=default', ofShop)])
  const all = await Promise.all([found('q=narwhal', adminKey), found('q=narwhal&inbox=default')])
  expect([asked, all.map((one) => one.length)]).toEqual([
    [
      [
        ['message', 'narwhal in the shop'],
        ['visitor', 'Narwhal of the shop'],
      ],
      [],
    ],
    [4, 2],
  ])
})

it('finds what a message says now, notes among it, and nothing of what was deleted', async () => {
  const { chat, sessionId, answering } = talk
  const one = await answering.ask('send_message', chat.aMessage(sessionId, 'platypus'))
  const other = await answering.ask('send_message', chat.aMessage(sessionId, 'platypus gone'))
  await answering.ask('send_message', chat.aMessage(sessionId, 'wombat note', { isInternal: true }))
  await answering.ask('edit_message', { sessionId, messageId: one.id, content: 'wombat' })
  await answering.ask('delete_message', { sessionId, messageId: other.id })
  expect([await found('q=platypus'), await found('q=wombat')]).toEqual([
    [],
    [
      ['message', 'wombat note'],
      ['message', 'wombat'],
    ],
  ])
})

it('keeps to the times it is given', async () => {
  await aChatOf({}, ['axolotl'])
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
  const asked = [`from=${tomorrow}`, `to=${tomorrow}`, 'to=2020-01-01T00:00:00Z'].map((time) =>
    found(`q=axolotl&${time}`),
  )
  expect((await Promise.all(asked)).map((one) => one.length)).toEqual([0, 1, 0])
})

it('is not for visitors, and refuses what it does not understand', async () => {
  const cursor = Buffer.from('["yesterday",{"$ne":null}]').toString('base64url')
  const refused = [search('q=x', talk.token), search('q='), search('q[$ne]=x'), search(`q=x&cursor=${cursor}`)]
  expect((await Promise.all(refused)).map(({ status }) => status)).toEqual([403, 400, 400, 400])
})
