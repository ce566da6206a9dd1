import { expect, it } from 'vitest'
import { createIds } from '../../platform/ids.ts'
import type { Binding } from './bindings.ts'
import { recallLink } from './recall-link.ts'

const session = createIds().session()
const destination = { name: 'slack', remoteIn: (thread: string) => ({ thread, ts: thread.slice(2) }) }

const post = (from: number, to: number, more: Partial<Binding> = {}): Binding => ({
  ...{ _id: `slack:${from}`, destination: 'slack', remoteId: `${from}`, marker: `m${from}`, session },
  ...{ thread: 'C:1', from, to, part: 1, parts: 1, at: to },
  ...more,
})

const recalled = (...bindings: Binding[]) => {
  const link = recallLink(session, destination, bindings, 0)
  return link && { remote: link.remote, cursor: link.outbound.cursor, partsDone: link.outbound.partsDone }
}

it.each([
  ['what was brought last', [post(4, 6), post(2, 3)], { cursor: 6, partsDone: 0 }],
  ['a root that nothing follows yet', [post(2, 1)], { cursor: 1, partsDone: 0 }],
  ['a text of which a part is missing', [post(2, 3), post(4, 4, { part: 2, parts: 3 })], { cursor: 3, partsDone: 2 }],
  ['a text with all of its parts', [post(2, 3), post(4, 4, { part: 3, parts: 3 })], { cursor: 4, partsDone: 0 }],
])('goes on after %s', (_name, bindings, expected) => {
  expect(recalled(...bindings)).toEqual({ remote: { thread: 'C:1', ts: '1' }, ...expected })
})

it('goes on in the thread that is the newest', () => {
  const again = post(2, 3, { thread: 'C:2', at: 99 })
  expect(recalled(post(2, 3), post(4, 6), again)).toMatchObject({ remote: { thread: 'C:2' }, cursor: 6 })
})

it('knows nothing where nothing is recorded', () => {
  expect(recalled()).toBeNull()
})
