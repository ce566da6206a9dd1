import { expect, it } from 'vitest'
import { Inbox, type ShownInbox } from '../../../../src/contract/inbox.ts'
import { factsFrom, faultsIn } from './answers.ts'
import { questionsAgain, questionsOf } from './questions.ts'

const { look, preChat } = Inbox.parse({
  key: 'shop',
  name: 'Shop',
  allowedOrigins: ['*'],
  preChat: [
    { key: 'name', label: 'Your name', required: true },
    { key: 'topic', label: 'About', type: 'select', options: ['Order', 'Return'] },
  ],
})
const open: ShownInbox = {
  ...{ key: 'shop', name: 'Shop', look, preChat, greeting: null, outsideHours: null },
  ...{ open: true, opensAt: null, emailRequired: false },
}
const closed = { ...open, open: false, emailRequired: true }
const keysOf = (questions: readonly { key: string; required: boolean }[]) =>
  questions.map(({ key, required }) => (required ? `${key}!` : key))

it.each([
  ['all that is not known', open, {}, false, ['name!', 'topic']],
  ['nothing that is known', open, { name: 'Ana', attributes: { topic: 'Order' } }, false, []],
  [
    'again for what is known and does not fit',
    open,
    { name: 'Ana', attributes: { topic: 'Weather' } },
    false,
    ['topic'],
  ],
  ['not again for what was left out', open, { name: 'Ana' }, true, []],
  ['again for what is needed', open, {}, true, ['name!']],
  ['for an email outside the hours', closed, { name: 'Ana' }, true, ['email!']],
  [
    'for an email that may be left out',
    { ...closed, emailRequired: false },
    { name: 'Ana' },
    false,
    ['topic', 'email'],
  ],
] as const)('asks %s', (_what, inbox, facts, wasAsked, asked) => {
  expect(keysOf(questionsOf(inbox, facts, wasAsked))).toEqual(asked)
})

it('asks again for what the server found wrong, although the inbox was open when it was asked', () => {
  const details = [
    { path: 'email', problem: 'required' },
    { path: 'attributes.topic', problem: 'not one of the options' },
    { path: 'page', problem: 'too long' },
  ]
  expect(keysOf(questionsAgain(open, details))).toEqual(['topic!', 'email!'])
})

it('finds what is missing or wrong', () => {
  const questions = questionsOf(closed, {}, false)
  const answers = { name: '  ', email: 'ana@example', topic: 'Weather' }
  expect(faultsIn(questions, answers)).toEqual({ name: 'required', email: 'badEmail', topic: 'badAnswer' })
})

it('makes the visitor’s own fields and attributes of the answers', () => {
  const questions = questionsOf(closed, {}, false)
  expect(factsFrom(questions, { name: ' Ana ', email: '', topic: 'Order', other: 'x' })).toEqual({
    name: 'Ana',
    attributes: { topic: 'Order' },
  })
})
