import { describe, expect, it } from 'vitest'
import { foldSummary } from '../../src/chat/sessions/fold-summary.ts'
import type { SessionSummary } from '../../src/chat/sessions/summary.ts'
import { LogEvent } from '../../src/contract/event.ts'
import { type SimulatedChat, simulateFloor } from './simulate.ts'

const until = new Date('2026-03-29T22:00:00Z')
const aFloor = (sessions: number, seed = 1) => simulateFloor({ seed, sessions, days: 3, until })

const folded = (events: readonly LogEvent[]): SessionSummary | undefined =>
  events.reduce<SessionSummary | undefined>(foldSummary, undefined)

/** What no log of the service's does; empty for a good one. */
function faultsOf({ events }: SimulatedChat): string[] {
  const keys = new Set(events.map(({ key }) => key))
  return events.flatMap((event, index) => [
    ...(LogEvent.safeParse(event).success ? [] : [`${event.type} is not an event`]),
    ...(event.seq === index + 1 ? [] : [`${event.type} stands at ${event.seq}`]),
    ...(event.at >= (events[index - 1]?.at ?? event.at) ? [] : [`${event.type} is before the one before it`]),
    ...(event.at < until ? [] : [`${event.type} has not happened yet`]),
    ...(keys.size === events.length ? [] : ['a key comes twice']),
  ])
}

describe('a simulated floor', () => {
  it('writes logs that the service could have written, and says what they come to', () => {
    const faults: string[] = []
    for (const chat of aFloor(3_000).chats()) {
      faults.push(...faultsOf(chat))
      expect(folded(chat.events)).toEqual(chat.summary)
    }
    expect(faults).toEqual([])
  })

  it('hands chats on as the service does: each change of hands names the one before it', () => {
    const wrong: string[] = []
    for (const { events } of aFloor(3_000).chats()) {
      let state: SessionSummary | undefined
      for (const event of events) {
        const hands = ['assigned', 'unassigned', 'transferred'].includes(event.type)
        if (hands && event.key !== `auto:handed:${state?.hands}`) wrong.push(`${event.key} after ${state?.hands}`)
        if (hands && state?.status === 'closed') wrong.push(`${event.type} in a closed chat`)
        if (event.type === 'rated' && state?.resolution !== event.body.resolution)
          wrong.push('rated what is not closed')
        if (event.type === 'session_closed' && state?.status === 'closed') wrong.push('closed twice')
        state = foldSummary(state, event)
      }
    }
    expect(wrong).toEqual([])
  })

  it('is the same for the same seed, and another for another', () => {
    const log = (seed: number) => [...aFloor(200, seed).chats()].flatMap(({ events }) => events)
    expect(log(1)).toEqual(log(1))
    expect(log(2).map(({ _id }) => _id)).not.toEqual(log(1).map(({ _id }) => _id))
  })

  it('yields as many chats as were asked for, in the order of their start, with all that happens in them', () => {
    const chats = [...aFloor(6_000).chats()]
    const starts = chats.map(({ summary }) => summary.createdAt.getTime())
    const events = chats.flatMap((chat) => chat.events)
    const seen = new Set(events.map(({ type }) => type))
    expect({
      chats: chats.length,
      inOrder: starts.every((at, index) => at >= (starts[index - 1] ?? 0)),
      inboxes: [...new Set(chats.map(({ summary }) => summary.inbox))].sort(),
      seen: [...seen].sort(),
      events: Math.round(events.length / chats.length),
    }).toEqual({
      chats: 6_000,
      inOrder: true,
      inboxes: ['app', 'shop', 'shop-us', 'wholesale'],
      seen: [
        ...['agent_joined', 'agent_left', 'assigned', 'emailed', 'erased', 'message', 'message_deleted'],
        ...['message_edited', 'message_read', 'rated', 'session_closed', 'session_reopened', 'session_started'],
        ...['tags_changed', 'transferred', 'unassigned'],
      ],
      events: 12,
    })
  })
})
