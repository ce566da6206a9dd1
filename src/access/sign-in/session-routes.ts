import type { Hono } from 'hono'
import { z } from 'zod'
import { SessionToken, SignedIn, SignInSessions } from '../../contract/sign-in.ts'
import { jsonBody } from '../../platform/http/body.ts'
import { describe } from '../../platform/http/describe.ts'
import { signedInLifetimeMs } from '../tokens.ts'
import { passCookies } from './ask-library.ts'
import type { SignInRoutesDeps } from './deps.ts'
import { shownAgent } from './shown-agent.ts'

const tag = 'sign-in'
const Nothing = z.strictObject({})

/** What a signed-in browser can do: get tokens, see and end sessions. */
export function sessionRoutes(routes: Hono, deps: SignInRoutesDeps): void {
  const { signIn, standing, tokens, ask } = deps

  routes.get(
    '/session',
    describe({ tag, summary: 'Who is signed in here.', answers: { 200: SignedIn } }),
    async (c) => {
      const { agent, session } = await signIn.current(c.req.raw.headers)
      return c.json({ agent: shownAgent(await standing.of(agent, session)) })
    },
  )

  routes.post(
    '/token',
    describe({
      tag,
      summary: 'A token for the socket and for requests, for ten minutes.',
      answers: { 201: SessionToken },
      errors: ['forbidden'],
    }),
    async (c) => {
      await jsonBody(c, Nothing)
      const { agent, session } = await signIn.current(c.req.raw.headers)
      const token = await tokens.forAgent(await standing.of(agent, session))
      return c.json({ token, expiresAt: new Date(deps.now() + signedInLifetimeMs).toISOString() }, 201)
    },
  )

  routes.post(
    '/sign-out',
    describe({
      tag,
      summary: 'Ends the session of this browser.',
      open: true,
      answers: { 204: 'Ended, if there was one.' },
      errors: ['forbidden'],
    }),
    async (c) => {
      await jsonBody(c, Nothing)
      const current = await signIn.current(c.req.raw.headers).catch(() => null)
      passCookies(c, await ask(c, 'POST', '/sign-out', {}))
      if (current) standing.changed(current.agent)
      return c.body(null, 204)
    },
  )

  routes.get(
    '/sessions',
    describe({ tag, summary: 'Lists one’s own sessions.', answers: { 200: SignInSessions } }),
    async (c) => {
      const { agent, session } = await signIn.current(c.req.raw.headers)
      return c.json({ sessions: await signIn.list(agent, session) })
    },
  )

  routes.delete(
    '/sessions/:id',
    describe({
      tag,
      summary: 'Ends one of one’s own sessions.',
      answers: { 204: 'Ended.' },
      errors: ['not_found', 'forbidden'],
    }),
    async (c) => {
      const { agent } = await signIn.current(c.req.raw.headers)
      await signIn.end(agent, c.req.param('id'))
      return c.body(null, 204)
    },
  )

  routes.delete(
    '/sessions',
    describe({
      tag,
      summary: 'Ends all of one’s own sessions, this one as well.',
      answers: { 204: 'Ended.' },
      errors: ['forbidden'],
    }),
    async (c) => {
      const { agent } = await signIn.current(c.req.raw.headers)
      await signIn.endAll(agent)
      return c.body(null, 204)
    },
  )
}
