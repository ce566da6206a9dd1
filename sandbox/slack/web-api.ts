import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { documented, fixture } from '../fixtures/load.ts'
import type { createLimits, Window } from '../limits.ts'
import type { Files, Uploads } from './files.ts'
import { channelMethods } from './methods/channels.ts'
import { conversationMethods } from './methods/conversations.ts'
import { fileMethods } from './methods/files.ts'
import { type MethodDeps, type Methods, Refusal, refuse } from './methods/method.ts'
import { type OauthDeps, openMethods, revokeMethods } from './methods/oauth.ts'
import { peopleMethods } from './methods/people.ts'
import { postMethods } from './methods/posts.ts'
import { reactionMethods } from './methods/reactions.ts'
import { viewMethods } from './methods/views.ts'
import type { Screens } from './screens.ts'
import type { Team, Teams } from './teams.ts'

export interface WebApiOptions extends Omit<MethodDeps, 'channelOf' | 'team'>, OauthDeps {
  archived: ReadonlySet<string>
  visible: ReadonlySet<string>
  shared: ReadonlySet<string>
  files: Files
  uploads: Uploads
  limits: ReturnType<typeof createLimits>
  screens: Screens
  factor: number
}

/** Slack's Web API, as far as an app of ours may use it. */
export function webApi(options: WebApiOptions): Hono {
  const api = new Hono()
  const open = openMethods(options)
  const byTeam = new Map(options.teams.all.map((team) => [team, methodsOf(options, team)]))

  api.post('/:method', async (c) => {
    const name = c.req.param('method')
    try {
      const team = open[name] ? null : teamOf(c, options.teams)
      if (team) c.header('x-oauth-scopes', team.scopes.join(','))
      const args = await argumentsOf(c)
      const method = (team ? byTeam.get(team)?.[name] : open[name]) ?? refuse('unknown_method')
      const counted = `${team?.id} ${method.countedBy ? `${name} ${method.countedBy(args)}` : name}`
      const waitMs = options.limits.over(counted, scaled(method.window, options.factor))
      return waitMs > 0 ? limited(waitMs) : c.json(method.run(args, new URL(c.req.url).origin))
    } catch (error) {
      if (error instanceof Refusal) return c.json(documented('slack/error', { ok: false, error: error.message }))
      if (error instanceof z.ZodError)
        return c.json(documented('slack/error', { ok: false, error: 'invalid_arguments' }))
      throw error
    }
  })

  return api
}

function methodsOf(options: WebApiOptions, team: Team): Methods {
  const channelOf = (id: string): string => {
    if (options.archived.has(id)) return refuse('is_archived')
    if (team.left.has(id)) return refuse('not_in_channel')
    return team.channels.has(id) ? id : refuse('channel_not_found')
  }
  const deps = { ...options, team, channelOf }
  return {
    ...postMethods(deps),
    ...reactionMethods(deps),
    ...conversationMethods(deps),
    ...peopleMethods(deps),
    ...channelMethods(deps),
    ...viewMethods(deps),
    ...fileMethods(deps),
    ...revokeMethods(options, team),
  }
}

function limited(waitMs: number): Response {
  const { body, status } = fixture('slack/ratelimited')
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1_000))), 'content-type': 'application/json' },
  })
}

const scaled = ({ limit, windowMs }: Window, factor: number): Window => ({ limit, windowMs: windowMs * factor })

function teamOf(c: Context, teams: Teams): Team {
  const given = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? refuse('not_authed')
  const team = teams.ofToken(given) ?? refuse('invalid_auth')
  return team.tokens.get(given) === 'good' ? team : refuse('token_revoked')
}

/** JSON bodies, or forms in which what is not plain is JSON again, as the SDK sends them. */
async function argumentsOf(c: Context): Promise<Record<string, unknown>> {
  if (c.req.header('content-type')?.includes('json')) return z.record(z.string(), z.unknown()).parse(await c.req.json())
  const form = new URLSearchParams(await c.req.text())
  return Object.fromEntries(
    [...form].map(([name, value]) => [
      name,
      value.startsWith('{') || value.startsWith('[') ? JSON.parse(value) : value,
    ]),
  )
}
