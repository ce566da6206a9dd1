import { z } from 'zod'
import { DeskbridgeError } from '../../../contract/errors.ts'
import type { SlackInstallLink } from '../../../contract/slack-installation.ts'
import type { Config, SlackConfig } from '../../../platform/settings.ts'
import type { SlackApi } from '../api.ts'
import { SlackProblem } from '../problem.ts'
import { scopesInUse } from '../setup/scopes.ts'
import { callbackPath } from './callback-path.ts'
import type { States } from './state.ts'
import type { Granted, InstallationStore, StoredInstallation } from './store.ts'

type Where = Pick<Config, 'publicUrl'> & { slack: Pick<SlackConfig, 'apiUrl' | 'oauth'> }

const redirectUri = ({ publicUrl }: Pick<Config, 'publicUrl'>): string => publicUrl.replace(/\/$/, '') + callbackPath

const clientOf = ({ slack: { oauth } }: Where) => {
  if (!oauth) throw new DeskbridgeError('slack_not_configured')
  return { client_id: oauth.clientId, client_secret: oauth.clientSecret }
}

/** The page on which somebody of a workspace lets the app in. Throws `slack_not_configured`. */
export async function makeInstallLink(where: Where, states: Pick<States, 'sign'>): Promise<SlackInstallLink> {
  const { client_id } = clientOf(where)
  const { state, expiresAt } = await states.sign()
  const url = new URL('/oauth/v2/authorize', where.slack.apiUrl)
  const scope = scopesInUse().join(',')
  url.search = new URLSearchParams({ client_id, scope, redirect_uri: redirectUri(where), state }).toString()
  return { url: url.href, expiresAt: expiresAt.toISOString() }
}

export interface InstallDeps {
  where: Where
  api: Pick<SlackApi, 'exchange'>
  states: Pick<States, 'verify'>
  store: Pick<InstallationStore, 'isUsed' | 'use' | 'put'>
}

/** What Slack sends people back with. Anybody can write it: no other words than a code's come to our page. */
export const CameBack = z.object({
  code: z.string().max(1_000).optional(),
  state: z.string().max(4_000).default(''),
  error: z
    .string()
    .regex(/^[a-z0-9_]{1,100}$/)
    .optional()
    .catch('unknown_error'),
})
export type CameBack = z.infer<typeof CameBack>

/** Keeps the installation that somebody has just allowed. Whatever it throws, nothing was changed. */
export async function install(deps: InstallDeps, { code, state, error }: CameBack): Promise<StoredInstallation> {
  if (error === 'access_denied') throw new DeskbridgeError('install_cancelled')
  if (error !== undefined) throw refusedBySlack(error)
  const used = await deps.states.verify(state)
  if (await deps.store.isUsed(used.id)) throw new DeskbridgeError('install_link_invalid')
  if (!code) throw new DeskbridgeError('invalid_input', { details: [{ path: 'code', problem: 'missing' }] })
  const granted = grantedBy(await exchange(deps, code))
  await deps.store.use(used)
  return deps.store.put(granted)
}

type Grant = Awaited<ReturnType<SlackApi['exchange']>>

async function exchange({ api, where }: InstallDeps, code: string): Promise<Grant> {
  try {
    return await api.exchange({ ...clientOf(where), code, redirect_uri: redirectUri(where) })
  } catch (cause) {
    if (!(cause instanceof SlackProblem)) throw cause
    throw cause.problem.kind === 'refusal'
      ? refusedBySlack(cause.problem.code, cause)
      : new DeskbridgeError('unavailable', { message: 'Slack did not answer; open the address again.', cause })
  }
}

function grantedBy({ team, is_enterprise_install: isOrganisation, expires_in: expires, ...grant }: Grant): Granted {
  if (isOrganisation || !team) throw new DeskbridgeError('install_not_supported', { message: wholeOrganisation })
  if (expires) throw new DeskbridgeError('install_not_supported', { message: rotatingTokens })
  return {
    team: team.id,
    name: team.name ?? team.id,
    botUser: grant.bot_user_id,
    app: grant.app_id,
    scopes: grant.scope.split(',').filter(Boolean),
    token: grant.access_token,
  }
}

const wholeOrganisation =
  'The app was allowed for a whole organisation, which is not supported. Open a new address and choose one workspace.'
const rotatingTokens =
  'The app’s tokens expire, which is not supported. Make the app from the manifest, without token rotation.'

function refusedBySlack(code: string, cause?: unknown): DeskbridgeError {
  const message = `Slack refused: ${code}. ${todo[code] ?? 'Ask for a new address and open it.'}`
  return new DeskbridgeError('slack_refused', { message, details: { code }, cause })
}

/** Where a new address alone would not help. */
const todo: Readonly<Record<string, string>> = {
  bad_client_secret: 'Check SLACK_CLIENT_SECRET.',
  invalid_client_id: 'Check SLACK_CLIENT_ID.',
  bad_redirect_uri: 'Add the address of the manifest’s oauth_config.redirect_urls under OAuth & Permissions.',
  invalid_team_for_non_distributed_app:
    'Activate the app’s distribution under Manage Distribution; until then only its own workspace can install it.',
}
