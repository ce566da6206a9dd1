import { afterAll, beforeAll, expect, it } from 'vitest'
import { keyCommand } from '../../../src/key-command.ts'
import { aChat, type TestChat } from '../../support/chat.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await aChat()
})
afterAll(() => chat.close())

async function key(...args: string[]) {
  const said: string[] = []
  const { connection } = chat.node()
  const understood = await keyCommand(args, { connection, now: Date.now, print: (line) => void said.push(line) })
  return { understood, said }
}

it('makes a key that works at once, lists it and takes it back', async () => {
  const made = await key('add', '--name', 'Shop', '--scope', 'chats:read', '--scope', 'chats:write', '--inbox', 'shop')
  const [id = '', text = ''] = made.said[0]?.split(': ') ?? []
  const { status } = await chat.call('GET', '/api/chat/sessions', { token: text })
  const { said: list } = await key('list')
  const { said: revoked } = await key('revoke', id)
  expect({
    status,
    list: list[0]?.split('\t'),
    revoked,
    after: (await key('list')).said[0]?.includes('revoked'),
  }).toEqual({
    status: 200,
    list: [id, `${text.slice(0, 12)}…`, 'active', 'chats:read,chats:write', 'shop', expect.any(String), 'Shop'],
    revoked: [`${id}: revoked`],
    after: true,
  })
})

it.each([
  ['no scope', ['add', '--name', 'X'], 'invalid_input'],
  ['an inbox that there is not', ['add', '--name', 'X', '--scope', 'chats:read', '--inbox', 'nowhere'], 'not_found'],
  ['an id of nothing', ['revoke', 'key_nobody'], 'not_found'],
])('refuses %s', async (_, args, code) => {
  await expect(key(...args)).rejects.toMatchObject({ code })
})

it.each([[[]], [['revoke']], [['add', '--nmae', 'X']]])('does not understand %j', async (args) => {
  expect(await key(...args)).toEqual({ understood: false, said: [] })
})
