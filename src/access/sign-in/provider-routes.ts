import type { Hono } from 'hono'
import { z } from 'zod'
import { DeskbridgeError } from '../../contract/errors.ts'
import { ProviderBody, WaysToSignIn } from '../../contract/sign-in.ts'
import { jsonBody } from '../../platform/http/body.ts'
import { clientIp } from '../../platform/http/client-ip.ts'
import { describe } from '../../platform/http/describe.ts'
import { passCookies } from './ask-library.ts'
import type { SignInRoutesDeps } from './deps.ts'
import { providerId } from './library.ts'

const tag = 'sign-in'
const Start = z.object({ url: z.url() })

/** Signing in through an OpenID Connect provider. */
export function providerRoutes(routes: Hono, deps: SignInRoutesDeps): void {
  const { ask, attempts, standing, trustedProxies, providerName, logger } = deps

  routes.get(
    '/ways',
    describe({ tag, summary: 'What there is to sign in with.', open: true, answers: { 200: WaysToSignIn } }),
    async (c) =>
      c.json({ password: true as const, provider: providerName, isFirstStart: !(await standing.hasAdministrator()) }),
  )

  routes.post(
    '/sign-in/provider',
    describe({
      tag,
      summary: 'Begins to sign in through the identity provider: the browser goes to `url`.',
      open: true,
      body: ProviderBody,
      answers: { 200: Start },
      errors: ['not_found', 'rate_limited', 'forbidden', 'unavailable'],
    }),
    async (c) => {
      const { returnTo } = await jsonBody(c, ProviderBody)
      if (!providerName) throw new DeskbridgeError('not_found')
      await attempts.take({ ip: clientIp(c, trustedProxies) })
      const start = { provider: providerId, callbackURL: returnTo, errorCallbackURL: returnTo, disableRedirect: true }
      const answer = await ask(c, 'POST', '/sign-in/social', start)
      if (!answer.ok) throw new DeskbridgeError('unavailable', { message: 'The identity provider cannot be reached.' })
      passCookies(c, answer)
      return c.json(Start.parse(await answer.json()))
    },
  )

  routes.get(
    `/callback/${providerId}`,
    describe({
      tag,
      summary: 'Where the identity provider sends the browser back to.',
      description:
        'Goes on to where it began, signed in, or with `?error=` when no active agent has this verified email.',
      open: true,
      answers: { 302: 'Back to where it began.' },
    }),
    async (c) => {
      const answer = await ask(c, 'GET', `/callback/${providerId}${new URL(c.req.url).search}`)
      const to = new URL(answer.headers.get('location') ?? '/', deps.ownOrigin)
      const refusal = to.searchParams.get('error')
      if (refusal) logger.warn({ ip: clientIp(c, trustedProxies), refusal }, 'sign-in refused')
      passCookies(c, answer)
      // Only ever to a page of ours, whatever the library says.
      return c.redirect(`${to.pathname}${to.search}`)
    },
  )
}
