import { z } from 'zod'
import { documented } from '../../fixtures/load.ts'
import { type Codes, revokedEvent } from '../installing.ts'
import { bot } from '../people.ts'
import { type Team, type Teams, takeOut } from '../teams.ts'
import { type Methods, refuse, text, tier } from './method.ts'

export interface OauthDeps {
  teams: Teams
  codes: Codes
  client: { id: string; secret: string }
  push(event: Record<string, unknown>, team: Team): void
}

/** What is asked without a token. */
export const openMethods = ({ teams, codes, client }: OauthDeps): Methods => ({
  'oauth.v2.access': {
    window: tier(600),
    run(args) {
      const Asked = z.object({ client_id: text, client_secret: text, code: text, redirect_uri: text.optional() })
      const { client_id: id, client_secret: secret, code, redirect_uri: redirectUri } = Asked.parse(args)
      if (id !== client.id) refuse('invalid_client_id')
      if (secret !== client.secret) refuse('bad_client_secret')
      const grant = codes.get(code) ?? refuse('invalid_code')
      if (grant.used) refuse('code_already_used')
      if (redirectUri !== grant.redirectUri) refuse('bad_redirect_uri')
      const { team, scopes } = grant
      grant.used = true
      team.scopes = scopes
      return documented('slack/oauth.v2.access', {
        ...{ access_token: teams.tokenFor(team), scope: scopes.join(','), bot_user_id: team.bot.user, app_id: bot.app },
        ...{ team: { id: team.id, name: team.name }, enterprise: null, is_enterprise_install: false },
        authed_user: { id: team.people.at(0)?.id },
      })
    },
  },
})

/** `auth.revoke`, of the very token that it is called with. */
export const revokeMethods = ({ push }: OauthDeps, team: Team): Methods => ({
  'auth.revoke': {
    window: tier(100),
    run() {
      takeOut(team)
      push(revokedEvent(team), team)
      return documented('slack/auth.revoke', { revoked: true })
    },
  },
})
