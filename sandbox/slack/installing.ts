import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { documented } from '../fixtures/load.ts'
import { invite, type Team, type Teams, takeOut } from './teams.ts'

/** What was allowed and not fetched yet, by its code. */
export type Codes = Map<string, { team: Team; scopes: readonly string[]; redirectUri: string; used: boolean }>

const Asked = z.object({
  client_id: z.string(),
  scope: z.string(),
  redirect_uri: z.url(),
  state: z.string().default(''),
})

interface InstallingDeps {
  teams: Teams
  codes: Codes
  clientId: string
  /** Tells the app. */
  push(event: Record<string, unknown>, team: Team): void
}

/** The page on which people let the app into a workspace, and how they take it out again. */
export function mountInstalling(app: Hono, { teams, codes, clientId, push }: InstallingDeps): void {
  app.get('/oauth/v2/authorize', (c) => {
    const asked = Asked.parse(c.req.query())
    if (asked.client_id !== clientId) return c.text('Invalid client_id parameter', 400)
    return c.html(page(asked, teams.all))
  })

  app.post('/oauth/v2/authorize', async (c) => {
    const Chosen = Asked.extend({ team: z.string(), choice: z.enum(['allow', 'cancel']) })
    const { team: id, choice, scope, redirect_uri: redirectUri, state } = Chosen.parse(await c.req.parseBody())
    const team = teams.find(id)
    if (!team || choice === 'cancel') return back(c, redirectUri, { error: 'access_denied', state })
    const code = `${codes.size + 1}.${crypto.randomUUID()}`
    codes.set(code, { team, scopes: scope.split(','), redirectUri, used: false })
    return back(c, redirectUri, { code, state })
  })

  app.post('/sandbox/teams/:team/channels', async (c) => {
    const { channel } = z.object({ channel: z.string() }).parse(await c.req.json())
    const team = teams.find(c.req.param('team'))
    if (!team) return c.notFound()
    invite(team, channel)
    return c.json({ ok: true })
  })

  /** `quietly`: the events are lost. */
  app.post('/sandbox/teams/:team/uninstall', async (c) => {
    const { quietly = false } = z.object({ quietly: z.boolean().optional() }).parse(await c.req.json())
    const team = teams.find(c.req.param('team'))
    if (!team) return c.notFound()
    takeOut(team)
    if (!quietly)
      for (const event of [revokedEvent(team), documented('slack/event.app_uninstalled', {})]) push(event, team)
    return c.json({ ok: true })
  })
}

export const revokedEvent = ({ bot }: Team): Record<string, unknown> =>
  documented('slack/event.tokens_revoked', { tokens: { oauth: [], bot: [bot.user] } })

function back(c: Context, redirectUri: string, query: Record<string, string>): Response {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return c.redirect(url.href, 302)
}

const page = (asked: z.infer<typeof Asked>, teams: readonly Team[]) => html`<!doctype html>
<title>Slack: allow Deskbridge</title>
<h1>Deskbridge asks for permission</h1>
<form method="post" action="/oauth/v2/authorize">
${Object.entries(asked).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<label>Workspace <select name="team">${teams.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}</select></label>
<button name="choice" value="cancel">Cancel</button>
<button name="choice" value="allow">Allow</button>
</form>`
