import { afterAll, beforeAll, expect, it } from 'vitest'
import { EventKey } from '../../../src/contract/ids.ts'
import { aPdf } from '../../support/files.ts'
import { anOffice, channel, type Office } from './acting.ts'

let office: Office
beforeAll(async () => {
  office = await anOffice()
  await office.account('Grace', 'grace@example.com')
})
afterAll(() => office.close())

const poll = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 })

/** A message with a file in a chat's thread, and what a shortcut of Grace's on it comes to. */
async function aMessageWith(file: { name: string; bytes: Uint8Array }, { text = 'Your bill', user = 'U0GRACE' } = {}) {
  const chat = await office.chat()
  const { name, bytes } = file
  const content = Buffer.from(bytes).toString('base64')
  const { ts } = await chat.reply(text, user, { name, type: 'application/pdf', content })
  const use = async (shortcut: string) => {
    const before = (await office.whispers()).length
    await office.act('shortcuts', { shortcut, channel, ts })
    await poll(async () => (await office.whispers()).length).toBe(before + 1)
    return (await office.whispers()).at(-1)?.text
  }
  const said = async () =>
    (await office.desk.chat.events(chat.session)).flatMap(({ type, key, body, origin }) =>
      type === 'message' && origin === 'slack'
        ? [[key.replace(`slack:${channel}:${ts}`, 'own'), body.file?.name ?? body.content, body.internal]]
        : [],
    )
  return { chat, key: EventKey.parse(`slack:${channel}:${ts}`), use, said }
}

const bill = { name: 'bill.pdf', bytes: aPdf() }
const program = { name: 'setup.exe', bytes: Buffer.from('MZ') }

it('sends a file with what is said of it, once, under the keys under which they would be brought', async () => {
  const { use, said } = await aMessageWith(bill)
  const told = [await use('chat_send'), await use('chat_send')]
  expect({ told, said: await said() }).toEqual({
    told: ['Sent to the customer.', 'The customer has this already.'],
    said: [
      ['own', 'Your bill', false],
      ['own:file:1', 'bill.pdf', false],
    ],
  })
})

it('sends the file that did not come with its message', async () => {
  const { chat, key, use, said } = await aMessageWith(bill)
  const actor = { kind: 'colleague', system: 'slack', id: 'U0GRACE', name: 'Grace' } as const
  const { conversation } = office.desk.chat.node().chat
  await conversation.post({ session: chat.session, key, actor, origin: 'slack', text: 'Your bill' })
  expect([await use('chat_send'), await said()]).toEqual([
    'Sent to the customer.',
    [
      ['own', 'Your bill', false],
      ['own:file:1', 'bill.pdf', false],
    ],
  ])
})

it('sends a file without words that the team has as a note', async () => {
  const { chat, key, use, said } = await aMessageWith(bill, { text: ' ' })
  const actor = { kind: 'colleague', system: 'slack', id: 'U0GRACE', name: 'Grace' } as const
  const note = { session: chat.session, key: EventKey.parse(`${key}:file:1`), actor, origin: 'slack', internal: true }
  await office.desk.chat.node().chat.conversation.postFile({ ...note, name: 'bill.pdf', read: async () => bill.bytes })
  expect([await use('chat_send'), await use('chat_send'), await said()]).toEqual([
    'Sent to the customer.',
    'Sent to the customer.',
    [
      ['own:file:1', 'bill.pdf', true],
      ['own:sent:file:1', 'bill.pdf', false],
    ],
  ])
})

it.each(['chat_send', 'chat_add_note'])(
  'says nothing by %s, and why, if the chat does not take the file',
  async (how) => {
    const { use, said } = await aMessageWith(program)
    expect([await use(how), await said()]).toEqual([expect.stringMatching(/^A file is of a kind/), []])
  },
)

it('adds a colleague’s file as a note that names them', async () => {
  const { use, said } = await aMessageWith(bill, { text: ' ', user: 'U0KATHERINE' })
  expect([await use('chat_add_note'), await use('chat_add_note'), await said()]).toEqual([
    'Added as a note. Only the team reads it.',
    'Added as a note. Only the team reads it.',
    [
      ['own:note', 'Katherine Johnson:', true],
      ['own:note:file:1', 'bill.pdf', true],
    ],
  ])
})
