import { expect, it } from 'vitest'
import { kindOf } from './routes.ts'

it.each([
  ['/api/chat/sessions', 'keyed'],
  ['/api/chat/sessions/ses_1/messages', 'keyed'],
  ['/api/chat/sessions/ses_1/close', 'keyed'],
  ['/api/chat/sessions/ses_1/rating', 'once'],
  ['/api/chat/sessions/ses_1/close/more', 'once'],
  ['/api/admin/keys', 'once'],
  ['/api/admin/privacy/erasures', 'reads'],
  ['/api/chat/canned/can_1/render', 'reads'],
  ['/api/chat/upload', 'streams'],
] as const)('knows what a repeat of %s does', (path, kind) => {
  expect(kindOf(path)).toBe(kind)
})
