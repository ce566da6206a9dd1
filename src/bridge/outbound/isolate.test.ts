import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LogEvent } from '../../contract/event.ts'
import { EventKey } from '../../contract/ids.ts'
import { createIds } from '../../platform/ids.ts'
import { eventsFor, isolate } from './isolate.ts'

/** Plays a destination that refuses certain events, and perhaps even their placeholders, until everything is brought. */
function bring(count: number, refused: ReadonlySet<number>, evenPlaceholder: ReadonlySet<number>) {
  const brought: string[] = []
  let state: { cursor: number; atMost: number | null; placeholder: number | null } = {
    cursor: 0,
    atMost: null,
    placeholder: null,
  }
  for (let calls = 0; state.cursor < count; calls += 1) {
    if (calls > count * 12) throw new Error('it does not end')
    const from = state.cursor + 1
    const to = Math.min(count, state.cursor + (state.atMost ?? count))
    const seqs = Array.from({ length: to - from + 1 }, (_, index) => from + index)
    const bad = seqs.some((seq) => (seq === state.placeholder ? evenPlaceholder.has(seq) : refused.has(seq)))
    if (!bad) {
      brought.push(...seqs.map((seq) => (seq === state.placeholder ? `[${seq}]` : `${seq}`)))
      state = { cursor: to, atMost: null, placeholder: null }
      continue
    }
    const next = isolate({ from, to }, state)
    if (next.kind === 'fewer') state = { ...state, atMost: next.atMost }
    if (next.kind === 'placeholder') state = { ...state, atMost: 1, placeholder: next.seq }
    if (next.kind === 'pass') state = { cursor: next.seq, atMost: null, placeholder: null }
  }
  return brought
}

const ids = createIds()
const session = ids.session()
const said = (seq: number, origin: LogEvent['origin']): LogEvent => ({
  ...{ _id: ids.event(), session, seq, key: EventKey.parse(`t:${seq}`), version: 1, at: new Date(seq), origin },
  ...{ actor: { kind: 'visitor', id: ids.visitor() }, type: 'message' },
  body: { messageType: 'text', content: `${seq}`, internal: false },
})

it.each([
  ['nothing that came from it', {}, [1, 3, 5]],
  ['what came from it until it left a thread, where its readers do not see that', { retell: 2 }, [1, 2, 3, 5]],
])('a destination is shown %s', (_name, more, expected) => {
  const page = [said(1, 'deskbridge'), said(2, 'slack'), said(3, 'zendesk'), said(4, 'slack'), said(5, 'deskbridge')]
  const shown = eventsFor('slack', page, { atMost: null, placeholder: null, ...more })
  expect(shown.map(({ seq }) => seq)).toEqual(expected)
})

describe('isolate', () => {
  it('brings everything but the refused events, which a placeholder stands for, in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.uniqueArray(fc.integer({ min: 1, max: 40 })), (count, bad) => {
        const refused = new Set(bad)
        const expected = Array.from({ length: count }, (_, index) =>
          refused.has(index + 1) ? `[${index + 1}]` : `${index + 1}`,
        )
        expect(bring(count, refused, new Set())).toEqual(expected)
      }),
    )
  })

  it('passes an event whose placeholder is refused too, and only that one', () => {
    expect(bring(5, new Set([2, 4]), new Set([4]))).toEqual(['1', '[2]', '3', '5'])
  })

  it('blames no event for a call that only opens the thread', () => {
    expect(isolate({ from: 3, to: 2 }, { atMost: null, placeholder: null })).toEqual({ kind: 'none' })
  })
})
