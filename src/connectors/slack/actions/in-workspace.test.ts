import { expect, it } from 'vitest'
import { whereDone } from './in-workspace.ts'

const about = JSON.stringify({ channel: 'C1', root: '1.1', key: 'key-1' })

it.each<[string, object, ReturnType<typeof whereDone>]>([
  ['a button under a message', { channel: { id: 'C1' }, team: { id: 'T2' } }, { channel: 'C1' }],
  ['a modal about a thread', { view: { private_metadata: about }, team: { id: 'T2' } }, { channel: 'C1' }],
  ['a modal about nothing', { view: { private_metadata: '' }, team: { id: 'T2' } }, { team: 'T2' }],
  ['a shortcut of the search bar', { team: { id: 'T2' }, user: { team_id: 'T3' } }, { team: 'T2' }],
  ['a command', { channel_id: 'C1', team_id: 'T2', command: '/deskbridge' }, { team: 'T2' }],
  ['somebody of an organisation', { team: null, user: { team_id: 'T3' } }, { team: 'T3' }],
  ['what names nothing', {}, null],
])('knows where %s was used', (_, body, where) => {
  expect(whereDone(body)).toEqual(where)
})
