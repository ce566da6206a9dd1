import type { Failure } from '../../bridge/port.ts'
import { neverReached } from '../../platform/http/never-reached.ts'

/** Slack's error codes that need an administrator: nobody can call until they have acted. */
const halting = new Set([
  'is_archived',
  'channel_not_found',
  'not_in_channel',
  'account_inactive',
  'invalid_auth',
  'not_authed',
  'token_revoked',
  'token_expired',
  'missing_scope',
  'no_permission',
  'org_login_required',
  'ekm_access_denied',
  'team_access_not_granted',
])

/** The thread is gone: a new root is posted. */
const gone = new Set(['thread_not_found', 'cannot_reply_to_message'])

const refused = new Set([
  'msg_too_long',
  'no_text',
  'invalid_blocks',
  'msg_blocks_too_long',
  'metadata_too_large',
  'invalid_metadata_format',
])

/** Slack may have done it before it failed. */
const ambiguous = new Set(['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable'])

export function failureOfPlatform(code: string): Failure {
  if (halting.has(code) || code.startsWith('restricted_action')) return { kind: 'halted' }
  if (gone.has(code)) return { kind: 'repair', remote: {} }
  if (refused.has(code)) return { kind: 'refused' }
  if (ambiguous.has(code)) return { kind: 'ambiguous' }
  return { kind: 'transient' }
}

/** An answer that is not Slack's own: a proxy's or an outage's. */
export const failureOfHttp = (status: number): Failure =>
  status >= 500 ? { kind: 'ambiguous' } : { kind: 'transient' }

export const failureOfRequest = (error: unknown): Failure =>
  neverReached(error) ? { kind: 'transient' } : { kind: 'ambiguous' }
