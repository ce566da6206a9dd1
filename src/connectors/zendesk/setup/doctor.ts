import { RemoteFailure } from '../../../bridge/port/failure.ts'
import { attempt, type Finding, ok, problem, saying, warning } from '../../../platform/finding.ts'
import { reachOf } from '../../../platform/reach.ts'
import type { ZendeskConfig } from '../../../platform/settings.ts'
import type { ZendeskApi } from '../api.ts'
import { ZendeskError } from '../transport.ts'
import type { AccountApi, Me } from './account.ts'
import { NotOffered, type Piece } from './piece.ts'
import { type FillingInbox, solvable } from './required-fields.ts'

export interface DoctorOptions {
  config: Pick<ZendeskConfig, 'url' | 'auth' | 'requests' | 'sessionField' | 'userField'>
  api: Pick<ZendeskApi, 'fields'>
  account: Pick<AccountApi, 'me' | 'assignedTickets' | 'scopes' | 'perMinute' | 'forms'>
  pieces: readonly Piece[]
  /** Those whose chats become tickets. */
  inboxes(): Promise<readonly FillingInbox[]>
  publicUrl: string
}

/** The end of API tokens, by Zendesk's announcement. */
const endOfTokens = '30 April 2027'

/** What works between here and the account, and what to do where something does not. */
export async function* examineZendesk(options: DoctorOptions): AsyncGenerator<Finding> {
  const { config, account, pieces, publicUrl } = options
  const signIn = await signedIn(config, account)
  yield* signIn.findings
  if (!signIn.me) return
  yield* await attempt('the rights of the sign-in', guide, () => rightsOf(config, account))
  yield* await attempt('whether that user answers customers', guide, () => whoIs(account, signIn.me))
  yield planOf(config, account.perMinute())
  yield reachOf('Zendesk', publicUrl)
  for (const piece of pieces) yield* await attempt(piece.name, guide, () => stateOf(piece))
  yield* await attempt('the ticket fields that are required', guide, () => requirementsOf(options))
}

async function requirementsOf({ config, api, account, inboxes }: DoctorOptions): Promise<Finding[]> {
  const [fields, forms, all] = await Promise.all([api.fields(), account.forms(), inboxes()])
  return solvable(all, { fields, forms, ours: [config.sessionField, config.userField] })
}

async function signedIn({ url, auth }: DoctorOptions['config'], account: DoctorOptions['account']) {
  const legacy =
    auth.kind === 'token'
      ? [
          warning(
            `signed in with an API token, of which Zendesk makes no new ones and which all end on ${endOfTokens}`,
            'Make an OAuth client and set ZENDESK_CLIENT_ID and ZENDESK_CLIENT_SECRET (docs/zendesk.md).',
          ),
        ]
      : []
  try {
    const me = await account.me()
    return { me, findings: [ok(`${url} takes us in as ${me.name} (${me.role})`), ...legacy] }
  } catch (error) {
    return { me: null, findings: [problem(`${url} does not take us in: ${saying(error)}`, remedyFor(error, auth))] }
  }
}

function remedyFor(error: unknown, auth: ZendeskConfig['auth']): string {
  const names =
    auth.kind === 'oauth' ? 'ZENDESK_CLIENT_ID and ZENDESK_CLIENT_SECRET' : 'ZENDESK_EMAIL and ZENDESK_API_TOKEN'
  if (!(error instanceof RemoteFailure)) return 'See the log.'
  const isRefused =
    error.code === '400' || error.code === '401' || (error instanceof ZendeskError && error.status < 404)
  return isRefused
    ? `Check ${names}: the account refuses them.`
    : 'Check ZENDESK_SUBDOMAIN or ZENDESK_URL, and that this machine reaches it.'
}

async function rightsOf({ auth }: DoctorOptions['config'], account: DoctorOptions['account']): Promise<Finding[]> {
  if (auth.kind === 'token') return []
  const scopes = await account.scopes()
  const missing = ['read', 'write'].filter((scope) => !scopes.includes(scope))
  if (missing.length === 0) return [ok('the token has the scopes read and write')]
  return [
    problem(
      `the token lacks the scope ${missing.join(' and ')}`,
      'Allow the OAuth client the whole of read and write.',
    ),
  ]
}

async function whoIs(account: DoctorOptions['account'], me: Me): Promise<Finding[]> {
  const admin =
    me.role === 'admin'
      ? []
      : [
          problem(
            `${me.name} is no administrator`,
            'Let the OAuth client belong to an administrator, or set-up and redaction are refused.',
          ),
        ]
  const assigned = await account.assignedTickets(me.id)
  if (assigned === 0) return admin
  return [
    ...admin,
    warning(
      `${me.name} has ${assigned} tickets of their own, and what Deskbridge writes stands under that name too`,
      'A user of its own, named for instance “Chat”, keeps the two apart. Nothing is lost either way.',
    ),
  ]
}

function planOf({ requests }: DoctorOptions['config'], perMinute: number | null): Finding {
  if (perMinute === null)
    return warning(
      'the account does not say how many requests a minute it allows',
      'Set zendesk.requests to your plan’s number.',
    )
  if (requests.limit <= perMinute)
    return ok(`the plan allows ${perMinute} requests a minute, of which ${requests.limit} may be used`)
  return problem(
    `the plan allows ${perMinute} requests a minute, and ${requests.limit} are configured`,
    `Set zendesk.requests.limit to ${perMinute} or less.`,
  )
}

async function stateOf({ name, look, optional }: Piece): Promise<Finding[]> {
  try {
    const found = await look()
    if (found.kind === 'there') return [ok(name)]
    const what = found.kind === 'missing' ? `${name} is missing` : `${name}: ${found.why}`
    return [(optional ? warning : problem)(what, 'Run: bin/deskbridge zendesk setup')]
  } catch (error) {
    if (error instanceof NotOffered) return [warning(`${name}: ${error.message}`, 'Chats work without it.')]
    throw error
  }
}

const guide = 'docs/zendesk.md'
