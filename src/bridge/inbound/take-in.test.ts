import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aColleague } from '../../../test/support/colleague.ts'
import { aConversation, anInbox } from '../../../test/support/conversation.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { EventKey, SessionId } from '../../contract/ids.ts'
import type { Conversation } from '../conversation.ts'
import type { Bindings } from '../links/bindings.ts'
import type { Link } from '../links/link.ts'
import type { Arrival, RemoteFile } from '../port/arrival.ts'
import type { Connector } from '../port/connector.ts'
import { RemoteFailure } from '../port/failure.ts'
import type { StoredArrival } from './arrival.ts'
import { inParts } from './say.ts'
import { takeIn } from './take-in.ts'

it('cuts a text into parts that make it up again, none longer than allowed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 1, max: 30 }), (text, most) => {
      const parts = inParts(text, most)
      expect({ whole: parts.join(''), tooLong: parts.filter((part) => Array.from(part).length > most) }).toEqual({
        whole: text,
        tooLong: [],
      })
    }),
  )
})

const item: StoredArrival = {
  ...{ _id: 'zendesk:c1', id: 'c1', thread: '7', order: '1', raw: {}, destination: 'zendesk', state: 'waiting' },
  ...{ attempts: 0, receivedAt: new Date(0), expireAt: new Date(0) },
}

type Chat = Pick<Conversation, 'post' | 'postFile'>

/** What taking something in says in the chat; `chat`: what it makes of each part. */
async function taken(arrival: Arrival, { post, postFile }: Partial<Chat> = {}) {
  const said: object[] = []
  const conversation: Conversation = {
    ...aConversation(),
    whoIs: aColleague,
    async post(message) {
      await post?.(message)
      const { key, actor, origin, text: content, internal = false } = message
      said.push({ key, by: actor.kind, origin, content, internal })
    },
    async postFile(message) {
      await postFile?.(message)
      said.push({ key: message.key, by: message.actor.kind, origin: message.origin, file: message.name })
    },
    linkTicket: async () => {},
  }
  const bindings = { has: async () => false } as unknown as Bindings
  const connector = { name: 'zendesk', understand: async () => arrival } as unknown as Connector
  const link = { session: SessionId.parse(`ses_${'1'.repeat(24)}`), destination: 'zendesk', share: 'default' } as Link
  const deps = { bindings, inbox: anInbox(), conversation, read: async () => [] }
  const { outcome } = await takeIn(deps, connector, link, item)
  return { outcome, said }
}

/** The same of a comment of Margaret's. */
function takenIn(text: string, files: readonly RemoteFile[], chat?: Partial<Chat>) {
  const author = { id: '1002', name: 'Margaret' }
  return taken({ kind: 'message', key: EventKey.parse('zendesk:comment:1'), author, text, files }, chat)
}

const file = (name: string): RemoteFile => ({ name, read: async () => new Uint8Array() })
const refusing = (error: Error) => async () => {
  throw error
}

it('takes in what was sent along after what was said, each under a key of its own', async () => {
  expect(await takenIn('Here', [file('a.pdf'), file('b.png')])).toEqual({
    outcome: 'posted',
    said: [
      { key: 'zendesk:comment:1', by: 'colleague', origin: 'zendesk', content: 'Here', internal: false },
      { key: 'zendesk:comment:1:file:1', by: 'colleague', origin: 'zendesk', file: 'a.pdf' },
      { key: 'zendesk:comment:1:file:2', by: 'colleague', origin: 'zendesk', file: 'b.png' },
    ],
  })
})

it('goes on behind what an earlier try brought, when its author was somebody else', async () => {
  const post = refusing(new DeskbridgeError('key_conflict'))
  const said = await takenIn('Here', [file('a.pdf')], { post })
  expect(said).toEqual({
    outcome: 'posted',
    said: [{ key: 'zendesk:comment:1:file:1', by: 'colleague', origin: 'zendesk', file: 'a.pdf' }],
  })
})

it('takes in a file without a word, and nothing of neither', async () => {
  expect([(await takenIn(' ', [file('a.pdf')])).said.length, (await takenIn(' ', [])).outcome]).toEqual([
    1,
    'passed: empty',
  ])
})

it('says what the team is to know of the thread, there as well', async () => {
  const key = EventKey.parse('zendesk:merge:1')
  expect(await taken({ kind: 'note', key, rule: 'ticket-merged', text: 'Merged.' })).toEqual({
    outcome: 'noted',
    said: [{ key, by: 'system', origin: 'deskbridge', content: 'Merged.', internal: true }],
  })
})

it.each([
  [
    'the chat does not take',
    new DeskbridgeError('file_type_not_allowed', { details: { allowed: ['pdf', 'png'] } }),
    /Files of this kind are not taken\. Those that are: pdf, png\.$/,
  ],
  ['is gone there', new RemoteFailure({ kind: 'refused' }, 'status 404'), /could not be fetched/],
])('tells the team, there as well, of a file that %s', async (_what, error, why) => {
  expect((await takenIn('Here', [file('a.exe')], { postFile: refusing(error) })).said.at(-1)).toEqual({
    ...{ key: 'zendesk:comment:1:file:1', by: 'system', origin: 'deskbridge', internal: true },
    content: expect.stringMatching(why),
  })
})

it.each([
  ['the remote', new RemoteFailure({ kind: 'transient' }, 'status 503')],
  ['the store', new DeskbridgeError('unavailable')],
])('does not give a file up because %s is away', async (_who, error) => {
  await expect(takenIn('Here', [file('a.pdf')], { postFile: refusing(error) })).rejects.toThrow(error)
})
