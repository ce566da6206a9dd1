import type { SlackProblem } from '../problem.ts'

/** Why there is no connection, or none any more. */
export type Ending =
  | { kind: 'refused'; problem: SlackProblem }
  /** Slack said so, and for what reason. */
  | { kind: 'told'; reason: string }
  /** It broke, or went silent. */
  | { kind: 'lost' }

/** Connections that end sooner are failures, however they end. ms */
const steadyMs = 10_000

/** When the next attempt is made. `failures`: in a row, before this one; `lastedMs`: how long there was a connection. */
export function nextAttempt(
  ending: Ending,
  { failures, lastedMs }: { failures: number; lastedMs: number },
  retryDelay: (failures: number) => number,
): { failures: number; waitMs: number } {
  if (lastedMs >= steadyMs) return { failures: 0, waitMs: 0 }
  const asked =
    ending.kind === 'refused' && ending.problem.problem.kind === 'rate_limited' ? ending.problem.problem : null
  return { failures: failures + 1, waitMs: Math.max(asked?.afterMs ?? 0, retryDelay(failures + 1)) }
}

export interface Words {
  what: string
  todo: string
}

/** What an administrator is told, and can do. Null: it belongs to every day. */
export function wordsFor(ending: Ending, failures: number): Words | null {
  switch (ending.kind) {
    case 'refused':
      return { what: ending.problem.message, todo: remedyFor(ending.problem) }
    case 'told':
      return everyDay.has(ending.reason) ? null : (told[ending.reason] ?? unknownReason(ending.reason))
    case 'lost':
      return failures === 0 ? null : noConnection
  }
}

const everyDay: ReadonlySet<string> = new Set(['warning', 'refresh_requested'])

const byItself = 'It is tried again by itself; what Slack could not push meanwhile is looked up.'

const told: Readonly<Record<string, Words>> = {
  link_disabled: {
    what: 'Socket Mode is turned off in the app',
    todo: 'Open the app at api.slack.com/apps → Socket Mode → Enable Socket Mode; or take SLACK_APP_TOKEN away, and set SLACK_SIGNING_SECRET.',
  },
  too_many_websockets: {
    what: 'the app has as many connections as Slack allows, which are ten',
    todo: 'Run fewer processes with the role api or all, or let Slack call over HTTP.',
  },
}

const unknownReason = (reason: string): Words => ({ what: `Slack ended the connection: ${reason}`, todo: byItself })

const noConnection: Words = {
  what: 'the connection to Slack does not hold',
  todo: `Check that this machine, and what stands between it and Slack, lets WebSockets to *.slack.com through. ${byItself}`,
}

const ofTheToken: ReadonlySet<string> = new Set([
  ...['invalid_auth', 'not_authed', 'token_revoked', 'token_expired', 'account_inactive'],
  ...['not_allowed_token_type', 'missing_scope', 'no_permission'],
])

const newTokenRemedy =
  'Open the app at api.slack.com/apps → Basic Information → App-Level Tokens, generate one with the scope connections:write, and set SLACK_APP_TOKEN.'

export function remedyFor({ problem }: SlackProblem): string {
  if (problem.kind === 'not_sent') return `Check that this machine reaches slack.com over HTTPS. ${byItself}`
  return problem.kind === 'refusal' && ofTheToken.has(problem.code) ? newTokenRemedy : byItself
}
