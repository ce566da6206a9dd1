import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aConversation, anInbox } from '../../../test/support/conversation.ts'
import { sentKey } from '../../contract/arrived-keys.ts'
import { EventKey, SessionId } from '../../contract/ids.ts'
import type { Bindings } from '../links/bindings.ts'
import type { Link } from '../links/link.ts'
import type { Arrival, InboxItem } from '../port/arrival.ts'
import type { Connector } from '../port/connector.ts'
import type { StoredArrival } from './arrival.ts'
import { takeIn } from './take-in.ts'

const link = { session: SessionId.parse(`ses_${'1'.repeat(24)}`), destination: 'slack', share: 'default' } as Link
const bindings = { has: async () => false } as unknown as Bindings
const of = EventKey.parse('slack:m1')
const author = { id: 'U1', name: 'Grace' }

const item = (id: string, order: string, raw: Arrival): InboxItem => ({ id, thread: 't', order, raw })
const message = (text: string, more: { internal?: true } = {}) =>
  item('m1', '1', { kind: 'message', key: of, author, text, ...more })
/** What a click on the note has sent to the customer. */
const sent = (text: string) => item('click', '1:click', { kind: 'message', key: sentKey(of), author, text })
const edit = (at: number, text: string, more: { internal?: true; marked?: true } = {}): InboxItem => {
  const key = EventKey.parse(`slack:m1:edit:${at}`)
  return { ...item(`m1:edit:${at}`, `1:edit:${at}`, { kind: 'edit', of, key, author, text, ...more }), of: 'm1' }
}
const deletion: InboxItem = { ...item('m1:delete', '1:gone', { kind: 'delete', of }), of: 'm1' }

/** What is in the chat after these came in, each batch as a whole. `again`: whether each was interrupted before it was done with. */
async function after(batches: readonly (readonly InboxItem[])[], again = false) {
  const items = new Map<string, StoredArrival>()
  const conversation = aConversation()
  const deps = { bindings, conversation, inbox: anInbox(items), read: async () => [] }
  const connector = { name: 'slack', understand: async ({ raw }: InboxItem) => raw } as unknown as Connector
  for (const batch of batches) {
    for (const one of batch) if (!items.has(one.id)) items.set(one.id, { ...one, state: 'waiting' } as StoredArrival)
    for (const one of [...items.values()].sort((a, b) => (a.order < b.order ? -1 : 1))) {
      if (items.get(one.id)?.state !== 'waiting') continue
      if (again) await takeIn(deps, connector, link, one)
      await takeIn(deps, connector, link, one)
      items.set(one.id, { ...one, state: 'done' })
    }
  }
  const messages = [...conversation.messages].filter(([, { deleted }]) => !deleted)
  return messages.map(([key, { text, internal }]) => ({ key, text, internal }))
}

const long = 'x'.repeat(10_001)

it('ends in the same chat whatever comes first, and however often', async () => {
  const texts = fc.array(fc.constantFrom('one', 'two', long), { minLength: 1, maxLength: 4 })
  const story = fc.record({ texts, isDeleted: fc.boolean(), again: fc.boolean() }).chain((told) => {
    const [first = '', ...later] = told.texts
    const last = edit(later.length, told.texts.at(-1) ?? '')
    const fetched = [message(told.texts.at(-1) ?? ''), ...(later.length > 0 ? [last] : [])]
    const pushed = [message(first), ...later.map((text, index) => edit(index + 1, text))]
    const all = [...pushed.map((one) => [one]), ...(told.isDeleted ? [[deletion]] : [fetched])]
    const repeated = fc.array(fc.constantFrom(...all), { maxLength: 5 })
    return repeated.chain((more) =>
      fc
        .shuffledSubarray([...all, ...more], { minLength: all.length + more.length })
        .map((batches) => ({ ...told, batches })),
    )
  })
  const property = fc.asyncProperty(story, async ({ texts: said, isDeleted, again, batches }) => {
    const shown = (await after(batches, again)).map(({ text }) => text).join('')
    expect(shown === (isDeleted ? '' : said.at(-1))).toBe(true)
  })
  await fc.assert(property)
})

it.each([
  ['takes from the customer what becomes a note', [message('a'), edit(1, 'b', { internal: true })], [['b', true]]],
  ['goes on with what became a note', [message('a'), edit(1, 'b', { internal: true }), edit(2, 'c')], [['c', true]]],
  [
    'keeps a note a note, and says so',
    [message('a', { internal: true }), edit(1, 'b')],
    [
      ['b', true],
      [expect.stringMatching(/^This was a note/), true],
    ],
  ],
  ['edits a note', [message('a', { internal: true }), edit(1, 'b', { internal: true })], [['b', true]]],
  ['takes a message away with the note that it became', [message('a'), edit(1, 'b', { internal: true }), deletion], []],
  [
    'brings back the end of a text that was shorter for a while',
    [message(long), edit(1, 'b'), edit(2, `${long}y`)],
    [
      ['x'.repeat(10_000), false],
      ['xy', false],
    ],
  ],
  [
    'changes what was sent of a note as well',
    [message('a', { internal: true }), sent('a'), edit(1, 'b', { internal: true })],
    [
      ['b', true],
      ['b', false],
    ],
  ],
  [
    'tells the customer nothing of a note that says that it is one, although something of it was sent',
    [message('a', { internal: true }), sent('a'), edit(1, 'b', { internal: true, marked: true })],
    [
      ['b', true],
      ['a', false],
    ],
  ],
  ['takes away what was sent of a note', [message('a', { internal: true }), sent('a'), deletion], []],
  [
    'brings nothing back of what was sent',
    [message('a', { internal: true }), sent('a'), deletion, edit(1, 'b', { internal: true })],
    [],
  ],
  ['brings nothing back', [message('a'), deletion, edit(1, 'b')], []],
])('%s', async (_what, items, shown) => {
  const told = shown.map(([text, internal]) => ({ key: expect.any(String), text, internal }))
  expect(
    await after(
      items.map((one) => [one]),
      true,
    ),
  ).toEqual(told)
})
