import { expect, it } from 'vitest'
import type { SessionInfo } from '../../../src/contract/chat.ts'
import type { Frame } from '../../../src/contract/socket.ts'
import { emptyConversation, gap, withFrame } from './conversation.ts'

const info = { status: 'active', resolution: null, rating: null } as SessionInfo

/** What is known of the last closing after each change. */
const after = (...changes: object[]) => {
  let conversation = { ...emptyConversation, cursor: 1 as never, info }
  return changes.map((change, index) => {
    const data = { seq: index + 2, prev: index + 1, ...change }
    const next = withFrame(conversation, { event: 'session_updated', data } as Frame)
    if (next === gap) throw new Error('a gap')
    conversation = { ...conversation, ...next } as typeof conversation
    return [next.info?.resolution, next.info?.rating]
  })
}

it('knows a rating of the closing that it was given for, and of no other', () => {
  expect(
    after(
      { status: 'closed', resolution: 'res_1' },
      { rating: 4 },
      { status: 'queued' },
      { status: 'closed', resolution: 'res_2' },
    ),
  ).toEqual([
    ['res_1', null],
    ['res_1', 4],
    ['res_1', 4],
    ['res_2', null],
  ])
})
