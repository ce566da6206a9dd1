import { type Failure, RemoteFailure } from '../../bridge/port/failure.ts'
import { type Problem, SlackProblem } from './problem.ts'

type Class = 'transient' | 'limited' | 'ambiguous' | 'new_root' | 'halted' | 'refused'

/** Slack's error codes. One that is not here is ambiguous: looking first neither loses nor doubles anything. */
const classes: Readonly<Record<string, Class>> = {
  ...all('ambiguous', ['fatal_error', 'internal_error', 'service_unavailable']),
  ...all('transient', ['request_timeout', 'team_added_to_org', 'external_channel_migrating']),
  ...all('limited', ['ratelimited', 'rate_limited', 'message_limit_exceeded']),
  ...all('new_root', ['thread_not_found', 'cannot_reply_to_message', 'restricted_action_thread_locked']),
  ...all('halted', [
    ...['is_archived', 'channel_not_found', 'not_in_channel', 'is_inactive', 'team_access_not_granted'],
    ...['account_inactive', 'invalid_auth', 'not_authed', 'token_revoked', 'token_expired', 'not_allowed_token_type'],
    ...['missing_scope', 'no_permission', 'access_denied', 'accesslimited', 'ekm_access_denied', 'org_login_required'],
    ...['restricted_action', 'restricted_action_read_only_channel', 'restricted_action_thread_only_channel'],
    ...['restricted_action_non_threadable_channel', 'enterprise_is_restricted', 'two_factor_setup_required'],
    ...['deprecated_endpoint', 'method_deprecated'],
  ]),
  ...all('refused', [
    ...['msg_too_long', 'msg_blocks_too_long', 'no_text', 'invalid_blocks', 'too_many_attachments'],
    ...[
      'invalid_metadata_format',
      'invalid_metadata_schema',
      'metadata_too_large',
      'attachment_payload_limit_exceeded',
    ],
    ...['invalid_arguments', 'invalid_arg_name', 'invalid_array_arg', 'invalid_charset', 'invalid_form_data'],
  ]),
}

function all(kind: Class, codes: readonly string[]): Record<string, Class> {
  return Object.fromEntries(codes.map((code) => [code, kind]))
}

const classOf = (code: string): Class =>
  classes[code] ?? (code.startsWith('restricted_action') ? 'halted' : 'ambiguous')

/** Slack names no time for these. */
const unnamedWaitMs = 30_000

/**
 * What a problem means for the bridge. `limits`: posts of all chats share one channel's pace, so its limit stops the
 * whole destination; a limit on reading is felt by the reader alone.
 */
export function failureOf(problem: Problem, limits: 'link' | 'destination'): Failure {
  switch (problem.kind) {
    case 'not_sent':
      return { kind: 'transient' }
    case 'no_answer':
    case 'unreadable':
      return { kind: 'ambiguous' }
    case 'http':
      return {
        kind: problem.status >= 400 && problem.status < 500 && problem.status !== 408 ? 'transient' : 'ambiguous',
      }
    case 'rate_limited':
      return { kind: 'limited', scope: limits, afterMs: problem.afterMs }
    case 'refusal':
      return refusal(classOf(problem.code), limits)
  }
}

const newThread = { remote: {}, unseen: true } as const

function refusal(kind: Class, limits: 'link' | 'destination'): Failure {
  switch (kind) {
    case 'limited':
      return { kind, scope: limits, afterMs: unnamedWaitMs }
    case 'new_root':
      return { kind: 'repair', ...newThread, readFirst: true }
    default:
      return { kind }
  }
}

/** A token that was good until the app was taken out of its workspace. */
export const lostToken = ['invalid_auth', 'token_revoked', 'account_inactive']

/** Runs calls to Slack; what goes wrong comes out as a `RemoteFailure`. */
export async function classified<T>(limits: 'link' | 'destination', run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof SlackProblem)) throw error
    const { problem } = error
    const code = problem.kind === 'refusal' ? { code: problem.code } : {}
    throw new RemoteFailure(failureOf(problem, limits), error.message, { cause: error, ...code })
  }
}

/** For calls made on the way to the one that counts: when no answer came, nothing has happened yet. */
export async function withoutEffect<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await classified('link', run)
  } catch (error) {
    if (!(error instanceof RemoteFailure) || !harmless.has(error.failure.kind)) throw error
    throw new RemoteFailure({ kind: 'transient' }, error.message, { cause: error })
  }
}

const harmless: ReadonlySet<Failure['kind']> = new Set(['ambiguous', 'repair', 'refused'])

/** Slack's refusals of one channel, which say nothing about the others. */
const ofOneChannel = ['is_archived', 'channel_not_found', 'not_in_channel', 'is_inactive', 'no_permission']

/** What goes wrong in a channel that is not everybody's keeps nobody else waiting. */
export async function apart<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof RemoteFailure) || !isOfOneChannel(error)) throw error
    const { message, failure, code } = error
    throw new RemoteFailure(ofTheLink(failure), message, { cause: error, ...(code !== undefined && { code }) })
  }
}

/** A workspace in which nothing can be done before an administrator acts, or for a while, keeps the others going. */
export async function ofOneWorkspace<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof RemoteFailure)) throw error
    const { message, failure, code } = error
    throw new RemoteFailure(ofTheLink(failure), message, { cause: error.cause, ...(code !== undefined && { code }) })
  }
}

/** Where no post can be made any more until an administrator acts. */
const closedChannel = ['is_archived', 'channel_not_found', 'not_in_channel']

/** A chat whose channel is closed and no longer wanted goes on in a new thread, where new chats have theirs. */
export async function movingOn<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof RemoteFailure) || !closedChannel.includes(error.code ?? '')) throw error
    throw new RemoteFailure({ kind: 'repair', ...newThread }, error.message, { cause: error })
  }
}

const isOfOneChannel = ({ failure: { kind }, code = '' }: RemoteFailure): boolean =>
  kind === 'limited' || (kind === 'halted' && (ofOneChannel.includes(code) || code.startsWith('restricted_action')))

const ofTheLink = (failure: Failure): Failure =>
  failure.kind === 'limited' || failure.kind === 'halted' ? { ...failure, scope: 'link' } : failure

/** A refusal that says nothing about the channel or the token, nor that Slack is in trouble: what was sent will not do. */
export const isOfTheContent = (error: unknown): boolean =>
  error instanceof SlackProblem &&
  error.problem.kind === 'refusal' &&
  (classes[error.problem.code] ?? 'refused') === 'refused' &&
  !error.problem.code.startsWith('restricted_action')

export const isRefusal = (error: unknown, codes: readonly string[]): boolean =>
  error instanceof SlackProblem && error.problem.kind === 'refusal' && codes.includes(error.problem.code)
