import { type Context, Hono } from 'hono'
import { DeskbridgeError } from '../../../contract/errors.ts'
import { parseInput } from '../../../contract/parse.ts'
import { type SlackInstallation, SlackInstallations, SlackInstallLink } from '../../../contract/slack-installation.ts'
import { describe } from '../../../platform/http/describe.ts'
import type { Logger } from '../../../platform/log-output.ts'
import type { SlackApi } from '../api.ts'
import { isRefusal, lostToken } from '../failures.ts'
import { SlackProblem } from '../problem.ts'
import { callbackPath } from './callback-path.ts'
import { CameBack, type InstallDeps, install, makeInstallLink } from './install.ts'
import { showInstalled, showRefused } from './page.ts'
import type { States } from './state.ts'
import type { InstallationStore, StoredInstallation } from './store.ts'

export interface InstallRoutesDeps extends InstallDeps {
  states: States
  store: InstallationStore
  apiWith(token: string): Pick<SlackApi, 'revoke'>
  /** Throws for anybody else. */
  onlyAdmins(c: Context): Promise<unknown>
  logger: Logger
}

const tag = 'slack'

/** Where administrators ask for addresses, and where Slack sends back whoever opened one. */
export function mountInstalling(app: Hono, deps: InstallRoutesDeps): void {
  app.route('/api/admin/slack/installations', adminRoutes(deps))
  app.get(callbackPath, async (c) => {
    try {
      const { _id: team, name } = await install(deps, parseInput(CameBack, c.req.query()))
      deps.logger.info({ team, name }, 'slack: installed in a workspace')
      return await showInstalled(c, name)
    } catch (err) {
      deps.logger.warn({ err }, 'slack: an installation failed')
      return showRefused(c, err instanceof DeskbridgeError ? err : new DeskbridgeError('internal', { cause: err }))
    }
  })
}

function adminRoutes(deps: InstallRoutesDeps): Hono {
  const { store, where, states } = deps
  const routes = new Hono()

  routes.use(async (c, next) => {
    await deps.onlyAdmins(c)
    await next()
  })

  routes.post(
    '/links',
    describe({
      tag,
      summary: 'Makes an address at which somebody of a workspace installs the app in it.',
      description: 'It is good once and for an hour, and may be handed on to whoever administers the workspace.',
      answers: { 201: SlackInstallLink },
      errors: ['forbidden', 'slack_not_configured'],
    }),
    async (c) => c.json(await makeInstallLink(where, states), 201),
  )

  routes.get(
    '/',
    describe({
      tag,
      summary: 'Lists the workspaces in which the app was installed, the first installed first.',
      description: 'Where a token is configured by SLACK_BOT_TOKEN, its workspace is not among them.',
      answers: { 200: SlackInstallations },
      errors: ['forbidden'],
    }),
    async (c) => c.json({ installations: (await store.list('now')).map(shown) }),
  )

  routes.delete(
    '/:team',
    describe({
      tag,
      summary: 'Revokes the token of a workspace and forgets it; chats with threads there wait.',
      answers: { 204: 'Removed.' },
      errors: ['forbidden', 'not_found', 'unavailable'],
    }),
    async (c) => {
      await remove(deps, c.req.param('team'))
      return c.body(null, 204)
    },
  )

  return routes
}

async function remove({ store, apiWith }: InstallRoutesDeps, team: string): Promise<void> {
  const stored = (await store.list('now')).find(({ _id }) => _id === team)
  const token = stored && stored.goneAt === null ? store.tokenOf(stored) : null
  if (token !== null) await revoke(apiWith(token))
  await store.remove(team)
}

async function revoke(api: Pick<SlackApi, 'revoke'>): Promise<void> {
  try {
    await api.revoke()
  } catch (cause) {
    if (isRefusal(cause, lostToken)) return
    throw cause instanceof SlackProblem ? new DeskbridgeError('unavailable', { cause }) : cause
  }
}

const shown = ({ _id: team, name, botUser, app, scopes, ...at }: StoredInstallation): SlackInstallation => ({
  ...{ team, name, botUser, app, scopes: [...scopes] },
  installedAt: at.installedAt.toISOString(),
  grantedAt: at.grantedAt.toISOString(),
  goneAt: at.goneAt?.toISOString() ?? null,
})
