import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { scaleTimes } from './scale-times.ts'

const ms = z.number().positive()
const Pace = z.object({ limit: z.number().int().min(2), windowMs: ms, burst: z.number().int().min(1) })
export type Pace = z.infer<typeof Pace>

export const Inbox = z.object({
  key: z.string().regex(/^[a-z0-9-]{1,50}$/),
  name: z.string().min(1).max(100),
  allowedOrigins: z.array(z.string()).min(1),
})
export type Inbox = z.infer<typeof Inbox>

export const Times = z.object({
  lease: ms,
  settle: ms,
  settleCheck: ms,
  callTimeout: ms,
  callMargin: ms,
  jobLock: ms,
  stalledCheck: ms,
  sweepBehind: ms,
  sweepRecent: z.array(z.object({ every: ms, window: ms })),
  lookEvery: ms,
  lookWhileActive: ms,
  heal: ms,
  retryFirst: ms,
  retryMost: ms,
  drain: ms,
  append: ms,
})
export type Times = z.infer<typeof Times>

const Slack = z.object({
  botToken: z.string().min(1),
  signingSecret: z.string().min(1),
  apiUrl: z.url().endsWith('/api/', 'must end in /api/'),
  channel: z.string().regex(/^[CG][A-Z0-9]{2,}$/, 'must be a channel id such as C0123456789'),
  posts: Pace,
  reads: Pace,
})
export type SlackConfig = z.infer<typeof Slack>

const ZendeskAuth = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('oauth'), clientId: z.string().min(1), clientSecret: z.string().min(1) }),
  z.object({ kind: z.literal('token'), email: z.email(), apiToken: z.string().min(1) }),
])

const Zendesk = z.object({
  url: z.url().refine((url) => new URL(url).pathname === '/', 'must be an origin without a path'),
  auth: ZendeskAuth,
  webhookSecret: z.string().min(1),
  sessionField: z.string().min(1),
  userField: z.string().min(1),
  requests: Pace,
  updates: Pace,
  ticketUpdates: Pace,
})
export type ZendeskConfig = z.infer<typeof Zendesk>

export const Config = z
  .object({
    port: z.coerce.number().int().min(0).max(65_535),
    publicUrl: z.url(),
    mongodbUrl: z.string().regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb://'),
    redisUrl: z.string().regex(/^rediss?:\/\//, 'must begin with redis://'),
    redisPrefix: z.string().min(1),
    role: z.enum(['api', 'worker', 'all']),
    secret: z.string().min(32, 'must have 32 characters or more; make one with: openssl rand -hex 32'),
    previousSecret: z.string().min(32).optional(),
    adminKey: z.string().min(16).optional(),
    logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']),
    timeFactor: z.coerce.number().positive(),
    inboxes: z.array(Inbox).min(1),
    agents: z.array(z.object({ name: z.string().min(1), email: z.email() })),
    times: Times,
    slack: Slack.optional(),
    zendesk: Zendesk.optional(),
  })
  .refine(({ times }) => times.lease > times.callTimeout + times.callMargin, {
    path: ['times', 'lease'],
    message: 'must be longer than callTimeout + callMargin, or no call could ever start',
  })
export type Config = z.infer<typeof Config>

export class ConfigError extends Error {
  override name = 'ConfigError'
}

type Environment = Readonly<Record<string, string | undefined>>
type Tree = Record<string, unknown>

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Maps are merged, everything else is replaced; what is undefined changes nothing. */
const merge = (below: Tree, above: Tree): Tree => {
  const merged = { ...below }
  for (const [key, value] of Object.entries(above)) {
    const under = merged[key]
    if (value !== undefined) merged[key] = isTree(under) && isTree(value) ? merge(under, value) : value
  }
  return merged
}

const readYaml = (file: string | URL): Tree => {
  const tree: unknown = parse(readFileSync(file, 'utf8'))
  if (!isTree(tree)) throw new ConfigError(`${file} does not hold a YAML map.`)
  return tree
}

const zendeskAuth = (env: Environment) => {
  if (env.ZENDESK_CLIENT_ID)
    return { kind: 'oauth', clientId: env.ZENDESK_CLIENT_ID, clientSecret: env.ZENDESK_CLIENT_SECRET }
  if (env.ZENDESK_EMAIL) return { kind: 'token', email: env.ZENDESK_EMAIL, apiToken: env.ZENDESK_API_TOKEN }
  return undefined
}

const fromEnvironment = (env: Environment): Tree => ({
  port: env.PORT,
  publicUrl: env.PUBLIC_URL,
  mongodbUrl: env.MONGODB_URL,
  redisUrl: env.REDIS_URL,
  redisPrefix: env.DESKBRIDGE_REDIS_PREFIX,
  role: env.DESKBRIDGE_ROLE,
  secret: env.DESKBRIDGE_SECRET,
  previousSecret: env.DESKBRIDGE_PREVIOUS_SECRET,
  adminKey: env.DESKBRIDGE_ADMIN_KEY,
  logLevel: env.DESKBRIDGE_LOG_LEVEL,
  timeFactor: env.DESKBRIDGE_TIME_FACTOR,
  slack: {
    botToken: env.SLACK_BOT_TOKEN,
    signingSecret: env.SLACK_SIGNING_SECRET,
    apiUrl: env.SLACK_API_URL,
    channel: env.SLACK_CHANNEL,
  },
  zendesk: {
    url: env.ZENDESK_URL ?? (env.ZENDESK_SUBDOMAIN && `https://${env.ZENDESK_SUBDOMAIN}.zendesk.com`),
    auth: zendeskAuth(env),
    webhookSecret: env.ZENDESK_WEBHOOK_SECRET,
  },
})

/** A connector of which nothing is set is off; one that is set halfway is an error that names the rest. */
const withoutUnset = (tree: Tree, connector: string, credentials: readonly string[]): Tree => {
  const section = tree[connector]
  const isSet = isTree(section) && credentials.some((field) => section[field] !== undefined)
  return isSet ? tree : { ...tree, [connector]: undefined }
}

/** Defaults, then the file that `DESKBRIDGE_CONFIG` names, then the environment. Throws one `ConfigError` that lists all that is wrong. */
export function loadConfig(env: Environment): Config {
  const defaults = readYaml(new URL('../../config/default.yaml', import.meta.url))
  const own = env.DESKBRIDGE_CONFIG ? readYaml(env.DESKBRIDGE_CONFIG) : {}
  const all = merge(merge(defaults, own), fromEnvironment(env))
  const set = withoutUnset(withoutUnset(all, 'slack', ['botToken', 'signingSecret', 'channel']), 'zendesk', [
    'url',
    'auth',
    'webhookSecret',
  ])
  const parsed = Config.safeParse(set)
  if (!parsed.success) throw new ConfigError(explain(parsed.error))
  return scaleTimes(parsed.data)
}

const explain = (error: z.ZodError): string => {
  const lines = error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  return `The configuration is not complete or not right:\n${lines.join('\n')}\nEvery setting and its environment variable are described in config/default.yaml and README.md.`
}
