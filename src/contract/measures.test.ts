import { expect, it } from 'vitest'
import { Counted, Spread } from './measures.ts'

it('has each figure in the place by which it is stored', () => {
  expect([...Counted.options.entries()]).toEqual([
    [0, 'started'],
    [1, 'offline'],
    [2, 'active_days'],
    [3, 'visitor_messages'],
    [4, 'agent_messages'],
    [5, 'bot_messages'],
    [6, 'notes'],
    [7, 'transferred'],
    [8, 'closed'],
    [9, 'answered'],
    [10, 'missed'],
    [11, 'abandoned'],
    [12, 'reopened'],
    [13, 'ratings'],
    [14, 'satisfied'],
    [15, 'score'],
    [16, 'queued_ms'],
    [17, 'online_ms'],
    [18, 'away_ms'],
    [19, 'busy_ms'],
    [20, 'chatting_ms'],
    [21, 'chats_ms'],
  ])
  expect([...Spread.options.entries()]).toEqual([
    [0, 'wait'],
    [1, 'abandoned_after'],
    [2, 'first_response'],
    [3, 'later_response'],
    [4, 'automated_response'],
    [5, 'handling'],
    [6, 'duration'],
    [7, 'to_slack'],
    [8, 'to_zendesk'],
    [9, 'to_webhook'],
  ])
})
