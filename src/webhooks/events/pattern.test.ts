import { expect, it } from 'vitest'
import { DeskbridgeError } from '../../contract/errors.ts'
import { parseInput } from '../../contract/parse.ts'
import { WebhookPatterns, webhookTypes } from '../../contract/webhook-event.ts'
import { isWanted } from './pattern.ts'

const wantedBy = (...patterns: string[]) => {
  const parsed = parseInput(WebhookPatterns, patterns)
  return webhookTypes.filter((type) => isWanted(parsed, type))
}

it.each([
  { patterns: ['chat.closed'], wanted: ['chat.closed'] },
  { patterns: ['note.*'], wanted: ['note.created', 'note.updated', 'note.deleted'] },
  {
    patterns: ['visitor.*', 'chat.rated', 'visitor.erased'],
    wanted: ['chat.rated', 'visitor.identified', 'visitor.erased'],
  },
  { patterns: ['*'], wanted: [...webhookTypes] },
  { patterns: ['message.*', '*'], wanted: [...webhookTypes] },
])('$patterns wants $wanted', ({ patterns, wanted }) => {
  expect(wantedBy(...patterns)).toEqual(wanted)
})

it.each(['chat', 'chat.', 'chat.*.*', 'chat.clos*', '*.created', 'Chat.closed', 'chat.closed ', '**', ''])(
  'refuses %j and says what there is',
  (pattern) => {
    const problem = expect.stringContaining('must be one of *, chat.*, message.*')
    const refused = expect.objectContaining({ code: 'invalid_input', details: [{ path: '1', problem }] })
    expect(() => wantedBy('chat.closed', pattern)).toThrow(refused)
  },
)

it('refuses an endpoint that wants nothing', () => {
  expect(() => wantedBy()).toThrow(DeskbridgeError)
})
