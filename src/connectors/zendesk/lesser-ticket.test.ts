import { expect, it } from 'vitest'
import { VisitorId } from '../../contract/ids.ts'
import { TicketSettings } from '../../contract/inbox.ts'
import { type Attempt, lesserThan } from './lesser-ticket.ts'
import type { Creation } from './plan/body.ts'

const creation: Creation = {
  ...{ kind: 'create', text: 'Hi', public: false, status: 'solved', standing: 'ended' },
  visitor: { id: VisitorId.parse(`vis_${'2'.repeat(24)}`), name: 'Ana', email: 'ana@example.com' },
  inbox: { key: 'shop', name: 'Our shop' },
  settings: TicketSettings.parse({ groupId: '1', tags: ['vip'] }),
}

/** In what order a ticket is made with less, while it is refused for the same. */
function order(fields: readonly string[], of: Creation = creation): string[] {
  const left: string[] = []
  for (let attempt: Attempt | undefined = { creation: of, without: [] }; attempt; ) {
    const lesser = lesserThan(attempt, { fields })
    if (lesser) left.push(lesser.part)
    attempt = lesser?.attempt
  }
  return left
}

it.each([
  ['of its requester', ['requester'], ['email', 'requester', 'status', 'settings']],
  ['of its address', ['email'], ['email', 'requester', 'status', 'settings']],
  ['of a ticket field', ['base'], ['status', 'settings', 'email', 'requester']],
  ['nobody knows what of', [], ['status', 'settings', 'email', 'requester']],
])('leaves out first what a refusal is about: because %s', (_what, fields, parts) => {
  expect(order(fields)).toEqual(parts)
})

it('leaves out only what is there', () => {
  const { status, ...plain } = creation
  const { email, ...visitor } = creation.visitor
  expect(order(['base'], { ...plain, visitor, settings: TicketSettings.parse({}) })).toEqual(['requester'])
})

it('keeps the rest', () => {
  const attempt = lesserThan({ creation, without: ['status'] }, { fields: ['group'] })?.attempt
  expect(attempt).toEqual({
    creation: { ...creation, settings: TicketSettings.parse({ tags: ['vip'] }) },
    without: ['status', 'settings'],
  })
})
