import type { Hono } from 'hono'
import { z } from 'zod'
import { DeskbridgeError } from '../../contract/errors.ts'
import { AgentId } from '../../contract/ids.ts'
import { ChangePasswordBody, SignedIn, SignInBody, TakeInvitationBody } from '../../contract/sign-in.ts'
import { jsonBody } from '../../platform/http/body.ts'
import { clientIp } from '../../platform/http/client-ip.ts'
import { describe } from '../../platform/http/describe.ts'
import { passCookies } from './ask-library.ts'
import type { SignInRoutesDeps } from './deps.ts'
import { shownAgent } from './shown-agent.ts'

const tag = 'sign-in'
const WithUser = z.object({ user: z.object({ id: AgentId }) })

/** Passwords: signing in with one, changing it, setting the first one. */
export function passwordRoutes(routes: Hono, deps: SignInRoutesDeps): void {
  const { ask, attempts, signIn, standing, trustedProxies, logger } = deps

  routes.post(
    '/sign-in',
    describe({
      tag,
      summary: 'Signs in with a password.',
      description:
        'Sets the cookie of a session. An unknown email, a wrong password and an inactive account look the same.',
      open: true,
      body: SignInBody,
      answers: { 200: SignedIn },
      errors: ['sign_in_failed', 'rate_limited', 'forbidden'],
    }),
    async (c) => {
      const { email, password } = await jsonBody(c, SignInBody)
      const ip = clientIp(c, trustedProxies)
      await attempts.take({ ip, account: email })
      const answer = await ask(c, 'POST', '/sign-in/email', { email, password })
      if (!answer.ok) {
        logger.warn({ ip, status: answer.status }, 'sign-in refused')
        throw new DeskbridgeError(answer.status < 500 ? 'sign_in_failed' : 'unavailable')
      }
      const { user } = WithUser.parse(await answer.json())
      passCookies(c, answer)
      logger.info({ ip, agent: user.id }, 'signed in')
      return c.json({ agent: shownAgent(await standing.of(user.id)) })
    },
  )

  routes.put(
    '/password',
    describe({
      tag,
      summary: 'Changes the password and signs out every other browser.',
      body: ChangePasswordBody,
      answers: { 204: 'Changed.' },
      errors: ['wrong_password', 'rate_limited', 'forbidden'],
    }),
    async (c) => {
      const { current, password } = await jsonBody(c, ChangePasswordBody)
      const { agent } = await signIn.current(c.req.raw.headers)
      await attempts.take({ ip: clientIp(c, trustedProxies), account: agent })
      const change = { currentPassword: current, newPassword: password, revokeOtherSessions: true }
      const answer = await ask(c, 'POST', '/change-password', change)
      if (!answer.ok) throw new DeskbridgeError(answer.status < 500 ? 'wrong_password' : 'unavailable')
      passCookies(c, answer)
      standing.changed(agent)
      logger.info({ agent }, 'password changed')
      return c.body(null, 204)
    },
  )

  routes.post(
    '/invitation',
    describe({
      tag,
      summary: 'Sets a password by an invitation, once, and ends every session of the agent.',
      open: true,
      body: TakeInvitationBody,
      answers: { 204: 'Set; sign in with it.' },
      errors: ['invitation_invalid', 'rate_limited', 'forbidden'],
    }),
    async (c) => {
      const { token, password } = await jsonBody(c, TakeInvitationBody)
      await attempts.take({ ip: clientIp(c, trustedProxies) })
      const answer = await ask(c, 'POST', '/reset-password', { token, newPassword: password })
      if (!answer.ok) throw new DeskbridgeError(answer.status < 500 ? 'invitation_invalid' : 'unavailable')
      return c.body(null, 204)
    },
  )
}
