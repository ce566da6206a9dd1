import { Hono } from 'hono'
import type { SignInRoutesDeps } from './deps.ts'
import { ownPagesOnly } from './own-pages-only.ts'
import { passwordRoutes } from './password-routes.ts'
import { providerRoutes } from './provider-routes.ts'
import { sessionRoutes } from './session-routes.ts'

/** `/api/auth`: for browsers, by cookie. */
export function signInRoutes(deps: SignInRoutesDeps): Hono {
  const routes = new Hono()
  routes.use(ownPagesOnly(deps.ownOrigin))
  passwordRoutes(routes, deps)
  providerRoutes(routes, deps)
  sessionRoutes(routes, deps)
  return routes
}
