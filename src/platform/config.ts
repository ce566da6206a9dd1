import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { z } from 'zod'
import { scaleTimes } from './scale-times.ts'
import { Config } from './settings.ts'

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

const slackOauth = ({ SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret }: Environment) =>
  (clientId ?? clientSecret) === undefined ? undefined : { clientId, clientSecret }

const s3 = (env: Environment) =>
  env.FILES_S3_BUCKET && {
    bucket: env.FILES_S3_BUCKET,
    region: env.FILES_S3_REGION,
    endpoint: env.FILES_S3_ENDPOINT,
    accessKeyId: env.FILES_S3_ACCESS_KEY_ID,
    secretAccessKey: env.FILES_S3_SECRET_ACCESS_KEY,
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
  oidc: { issuer: env.OIDC_ISSUER, clientId: env.OIDC_CLIENT_ID, clientSecret: env.OIDC_CLIENT_SECRET },
  timeFactor: env.DESKBRIDGE_TIME_FACTOR,
  files: {
    folder: env.DESKBRIDGE_DATA && join(env.DESKBRIDGE_DATA, 'files'),
    url: env.FILES_URL,
    scanner: env.FILES_SCANNER,
    s3: s3(env),
  },
  mail: { url: env.SMTP_URL, from: env.SMTP_FROM },
  slack: {
    botToken: env.SLACK_BOT_TOKEN,
    oauth: slackOauth(env),
    signingSecret: env.SLACK_SIGNING_SECRET,
    appToken: env.SLACK_APP_TOKEN,
    apiUrl: env.SLACK_API_URL,
    channel: env.SLACK_CHANNEL,
  },
  zendesk: {
    url: env.ZENDESK_URL ?? (env.ZENDESK_SUBDOMAIN && `https://${env.ZENDESK_SUBDOMAIN}.zendesk.com`),
    auth: zendeskAuth(env),
    webhookSecret: env.ZENDESK_WEBHOOK_SECRET,
  },
})

const credentials = {
  slack: ['botToken', 'oauth', 'signingSecret', 'appToken', 'channel'],
  zendesk: ['url', 'auth', 'webhookSecret'],
  oidc: ['issuer', 'clientId', 'clientSecret'],
}

/** A connector or a provider of which nothing is set is off; one that is set halfway is an error that names the rest. */
const withoutUnset = (tree: Tree, name: string, fields: readonly string[]): Tree => {
  const section = tree[name]
  const isSet = isTree(section) && fields.some((field) => section[field] !== undefined)
  return isSet ? tree : { ...tree, [name]: undefined }
}

/** Defaults, then the file that `DESKBRIDGE_CONFIG` names, then the environment. Throws one `ConfigError` that lists all that is wrong. */
export function loadConfig(given: Environment): Config {
  // A variable that is set to nothing (as compose files do) is not set.
  const env = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
  const defaults = readYaml(new URL('../../config/default.yaml', import.meta.url))
  const own = env.DESKBRIDGE_CONFIG ? readYaml(env.DESKBRIDGE_CONFIG) : {}
  const all = merge(merge(defaults, own), fromEnvironment(env))
  const set = Object.entries(credentials).reduce((tree, [section, names]) => withoutUnset(tree, section, names), all)
  const parsed = Config.safeParse(set)
  if (!parsed.success) throw new ConfigError(explain(parsed.error))
  return scaleTimes(parsed.data)
}

const explain = (error: z.ZodError): string => {
  const lines = error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  return `The configuration is not complete or not right:\n${lines.join('\n')}\nEvery setting and its environment variable are described in config/default.yaml and README.md.`
}
