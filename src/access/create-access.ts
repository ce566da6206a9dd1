import type { Hono } from 'hono'
import type { Redis } from 'ioredis'
import type { Connection } from 'mongoose'
import type { Ids } from '../platform/ids.ts'
import type { Logger } from '../platform/log-output.ts'
import { createRateLimit } from '../platform/rate-limit.ts'
import { createSealedSecrets } from '../platform/sealed-secrets.ts'
import type { Config } from '../platform/settings.ts'
import { audited } from './audit/audited.ts'
import { createAuditLog } from './audit/entries.ts'
import { auditRoutes } from './audit/routes.ts'
import { createKeyStanding } from './keys/key-standing.ts'
import { createKeys, type Keys } from './keys/keys.ts'
import { createAnswers } from './once/answers.ts'
import { doOnce } from './once/once.ts'
import { createAskLibrary } from './sign-in/ask-library.ts'
import { createAttempts } from './sign-in/attempts.ts'
import { createLibrary } from './sign-in/library.ts'
import { signInRoutes } from './sign-in/routes.ts'
import { createSignIn, type SignIn } from './sign-in/sign-in.ts'
import { createVouched, type Vouched } from './sign-in/vouched.ts'
import { createStanding, type Standing } from './standing.ts'
import { createTokens, type Tokens } from './tokens.ts'
import { createWho, nameOf, type Who } from './who.ts'

export interface Access {
  tokens: Tokens
  who: Who
  standing: Standing
  keys: Keys
  signIn: SignIn
  vouched: Vouched
  mount(app: Hono): void
}

/** Who somebody is: tokens, sessions of browsers, and what has become of them since. */
export function createAccess(deps: {
  connection: Connection
  redis: Redis
  config: Config
  ids: Ids
  now(): number
  logger: Logger
}): Access {
  const { connection, redis, config, ids, now, logger } = deps
  const { publicUrl, trustedProxies, limits, redisPrefix: prefix } = config
  const tokens = createTokens({ secret: config.secret, previous: config.previousSecret }, now)
  const standing = createStanding({ connection, now })
  const rateOf = (limit: number, windowMs: number) => createRateLimit({ redis, prefix, name: 'key', limit, windowMs })
  const keyStanding = createKeyStanding({ connection, rateOf, now })
  const keys = createKeys({ connection, ids, changed: keyStanding.changed, now })
  const who = createWho({ tokens, standing, keyStanding, adminKey: config.adminKey })
  const library = createLibrary({ connection, config, newId: ids.token, onPasswordReset: standing.changed, logger })
  const signIn = createSignIn({ library, standing, newToken: ids.token, now })
  const vouched = createVouched({ connection, library, standing, tokens, now })
  const routes = signInRoutes({
    signIn,
    ask: createAskLibrary({ library, publicUrl, trustedProxies }),
    attempts: createAttempts({ redis, prefix, limits }),
    standing,
    tokens,
    ownOrigin: new URL(publicUrl).origin,
    trustedProxies,
    providerName: config.oidc?.name ?? null,
    logger,
    now,
  })
  const before = createBefore({ ...deps, who })
  const mount = (app: Hono) =>
    void app
      .use('/api/*', ...before.all)
      .route('/api/auth', routes)
      .route('/api/admin/audit', before.auditRoutes)
  return { tokens, who, standing, keys, signIn, vouched, mount }
}

/** What every request of the API goes through. A repeat changes nothing, so that it is no entry of the audit log. */
function createBefore({
  connection,
  config,
  ids,
  now,
  logger,
  who,
}: Parameters<typeof createAccess>[0] & { who: Who }) {
  const { secret, previousSecret: previous, audit, trustedProxies } = config
  const once = doOnce({
    answers: createAnswers({
      connection,
      secrets: createSealedSecrets({ secret, previous }),
      newOwner: ids.token,
      now,
    }),
    whose: async (c) => nameOf(await who.anybody(c)),
    secret,
    logger,
  })
  const log = createAuditLog({ connection, newId: () => `aud_${ids.token()}`, keepFor: audit.keepFor, now })
  const entered = audited({ connection, log, who, addresses: audit.addresses, trustedProxies, logger })
  return { all: [once, entered] as const, auditRoutes: auditRoutes({ log, who }) }
}
