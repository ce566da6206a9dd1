import { expect, it } from 'vitest'
import { subjectOf } from './subjects.ts'

it.each([
  ['POST /api/admin/agents', 'agent', null],
  ['PATCH /api/admin/agents/agt_1', 'agent', 'agt_1'],
  ['PUT /api/admin/agents/agt_1/picture', 'agent', 'agt_1'],
  ['PATCH /api/admin/inboxes/shop', 'inbox', 'shop'],
  ['POST /api/admin/inboxes/shop/identity-keys', 'identity_key', null],
  ['DELETE /api/admin/inboxes/shop/identity-keys/k%2F1', 'identity_key', 'shop/k/1'],
  ['POST /api/chat/sessions/ses_1/block', 'block', null],
  ['POST /api/admin/connectors/slack/pause', 'connector', 'slack'],
  ['POST /api/admin/slack/installations/links', 'slack_installation', null],
  ['DELETE /api/admin/slack/installations/T1', 'slack_installation', 'T1'],
  ['POST /api/admin/analytics/views', 'report_view', null],
  ['POST /api/admin/analytics/views/viw_1/send', 'report_view', 'viw_1'],
  ['POST /api/admin/privacy/erasures', 'visitor', null],
  ['PUT /api/admin/something/new', 'other', null],
  ['DELETE /api/admin/keys/%E0%A4%A', 'key', '%E0%A4%A'],
])('knows what is changed by %s', (route, type, id) => {
  const [method = '', path = ''] = route.split(' ')
  expect(subjectOf(method, path)).toMatchObject({ type, id })
})

it.each([
  'GET /api/admin/agents',
  'POST /api/chat/sessions',
  'POST /api/administrator',
  'PUT /api/chat/agents/me/status',
  'PUT /api/chat/agents/me/capacity',
])('finds no change of the installation in %s', (route) => {
  const [method = '', path = ''] = route.split(' ')
  expect(subjectOf(method, path)).toBe(null)
})

it.each([
  ['POST /api/admin/agents', { id: 'agt_1', name: 'Bo' }, 'agt_1'],
  ['POST /api/admin/inboxes', { key: 'shop' }, 'shop'],
  ['POST /api/admin/inboxes/shop/identity-keys', { kid: 'k1', secret: 's' }, 'shop/k1'],
  ['POST /api/chat/sessions/ses_1/block', { blocks: [{ id: 'blk_1' }, { id: 'blk_2' }] }, 'blk_1'],
  ['POST /api/admin/agents', { id: 7 }, null],
  ['POST /api/admin/agents', null, null],
])('finds in the answer to %s what was made', (route, answer, id) => {
  const [method = '', path = ''] = route.split(' ')
  expect(subjectOf(method, path)?.made?.(answer)).toBe(id)
})
