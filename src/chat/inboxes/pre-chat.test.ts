import { expect, it } from 'vitest'
import { DeskbridgeError } from '../../contract/errors.ts'
import { Inbox } from '../../contract/inbox.ts'
import { checkPreChat } from './pre-chat.ts'

const inbox = Inbox.parse({
  key: 'shop',
  name: 'Shop',
  allowedOrigins: ['*'],
  preChat: [
    { key: 'name', label: 'Your name', required: true },
    { key: 'topic', label: 'What is it about?', type: 'select', options: ['Order', 'Other'], required: true },
    { key: 'size', label: 'Your size', type: 'select', options: ['38', '40'] },
    { key: 'billing', label: 'Where bills go', type: 'email' },
  ],
})
const right = { name: 'Ana', attributes: { topic: 'Order' } }

/** What is wrong with a form, as `path: problem`. */
function faults(answers: object, offline = false, of = inbox): string[] {
  try {
    checkPreChat(of, answers, offline)
    return []
  } catch (error) {
    if (!(error instanceof DeskbridgeError)) throw error
    return (error.details as { path: string; problem: string }[]).map(({ path, problem }) => `${path}: ${problem}`)
  }
}

it.each([
  ['what is asked', right, []],
  ['attributes that nobody asked for', { name: 'Ana', attributes: { topic: 'Other', plan: 'pro' } }, []],
  ['a number for an option', { name: 'Ana', attributes: { topic: 'Order', size: 40 } }, []],
  ['nothing', {}, ['name: required', 'attributes.topic: required']],
  ['white space', { name: 'Ana', attributes: { topic: '  ' } }, ['attributes.topic: required']],
  [
    'what is no option and no address',
    { name: 'Ana', attributes: { topic: 'order', size: 41, billing: 'me' } },
    [
      'attributes.topic: not one of the options',
      'attributes.size: not one of the options',
      'attributes.billing: not an email address',
    ],
  ],
])('is answered with %s', (_, answers, expected) => {
  expect(faults(answers)).toEqual(expected)
})

it('asks for an email outside the hours, once, unless the inbox does without', () => {
  const asking = { ...inbox, preChat: Inbox.shape.preChat.parse([{ key: 'email', label: 'Email', required: true }]) }
  const relaxed = { ...inbox, outsideHours: { text: null, requireEmail: false } }
  expect([
    faults(right, true),
    faults({ ...right, email: 'ana@example.com' }, true),
    faults({}, true, asking),
    faults({}, false, asking),
    faults(right, true, relaxed),
  ]).toEqual([['email: required'], [], ['email: required'], ['email: required'], []])
})
