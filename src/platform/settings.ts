import { z } from 'zod'
import { CreateAgent } from '../contract/agent.ts'
import { FileKind } from '../contract/file.ts'
import { knownZone } from '../contract/hours.ts'
import { Inbox } from '../contract/inbox.ts'
import { isHostName, rangeOf } from './http/address.ts'

const ms = z.number().positive()
const Range = z.string().refine((text) => rangeOf(text) !== null, { error: 'must be a range such as 10.0.0.0/8' })
const Pace = z.object({ limit: z.number().int().min(2), windowMs: ms, burst: z.number().int().min(1) })
export type Pace = z.infer<typeof Pace>

const Analytics = z.object({
  timeZone: z.string().max(64).refine(knownZone, { error: 'must be an IANA time zone such as Europe/Lisbon' }),
})

export const Limits = z.object({
  maxConnections: z.number().int().min(1),
  messageRateLimit: z.number().int().min(1),
  signInRateLimit: z.object({ perAddress: z.number().int().min(1), perAccount: z.number().int().min(1) }),
  sessionRateLimit: z.object({ perAddress: z.number().int().min(1), perInbox: z.number().int().min(1) }),
  visitorRateLimit: z.object({
    reads: z.number().int().min(1),
    joins: z.number().int().min(1),
    changes: z.number().int().min(1),
  }),
  sessionTimeout: ms,
  sessionTimeoutWarning: ms,
  reopenWithin: ms,
  maxMessageSize: z.number().int().min(1).max(10_000),
  transcriptMail: z.object({
    perSession: z.number().int().min(1),
    perRecipient: z.number().int().min(1),
    perAddress: z.number().int().min(1),
  }),
  agentAwayAfter: ms,
  agentOfflineAfter: ms,
  maxFileSize: z.number().int().min(1).max(100_000_000),
  allowedFileTypes: z.array(FileKind),
  uploadRateLimit: z.number().int().min(1),
})
export type Limits = z.infer<typeof Limits>

export const Times = z.object({
  lease: ms,
  settle: ms,
  settleCheck: ms,
  callTimeout: ms,
  callMargin: ms,
  jobLock: ms,
  stalledCheck: ms,
  webhookTimeout: ms,
  webhookLease: ms,
  sweepBehind: ms,
  sweepChanged: ms,
  sweepRecent: z.array(z.object({ every: ms, window: ms })),
  lookAgain: z.array(z.object({ quietFor: ms, every: ms })).min(1),
  heal: ms,
  sweepPrivacy: ms,
  sweepRetention: ms,
  sweepSessions: ms,
  sweepMail: ms,
  sweepAgents: ms,
  cutBlocked: ms,
  sweepFiles: ms,
  foldAnalytics: ms,
  heartbeat: ms,
  retryFirst: ms,
  retryMost: ms,
  drain: ms,
  drainSpread: ms,
  append: ms,
})
export type Times = z.infer<typeof Times>

const S3 = z.object({
  bucket: z.string().min(1),
  region: z.string().min(1).default('us-east-1'),
  endpoint: z.url().optional(),
  /** Without keys they are looked for where Amazon's tools do. */
  accessKeyId: z.string().min(1).optional(),
  secretAccessKey: z.string().min(1).optional(),
})
export type S3Config = z.infer<typeof S3>

const Files = z.object({
  folder: z.string().min(1),
  s3: S3.optional(),
  url: z.url().optional(),
  linkLife: ms,
  deliveredLinkLife: ms,
  orphanAfter: ms,
  scanner: z
    .string()
    .regex(/^tcp:\/\/[^/:]+:\d+$/, 'must be like tcp://clamav:3310')
    .optional(),
})
export type FilesConfig = z.infer<typeof Files>

const Slack = z
  .object({
    /** Of one workspace, whose administrator installed the app by hand. */
    botToken: z.string().min(1).optional(),
    /** Lets administrators of any number of workspaces install it: SLACK_CLIENT_ID and SLACK_CLIENT_SECRET. */
    oauth: z.object({ clientId: z.string().min(1), clientSecret: z.string().min(1) }).optional(),
    /** Proves that a request is Slack's. Absent: Slack cannot call, and `appToken` has to be set. */
    signingSecret: z.string().min(1).optional(),
    /** Socket Mode: what Slack has to say comes over a connection that is opened from here. Its scope is `connections:write`. */
    appToken: z.string().startsWith('xapp-', 'must be an app-level token, which begins with xapp-').optional(),
    apiUrl: z.url().endsWith('/api/', 'must end in /api/'),
    channel: z.string().regex(/^[CG][A-Z0-9]{2,}$/, 'must be a channel id such as C0123456789'),
    posts: Pace,
    reads: Pace,
  })
  .refine(({ signingSecret, appToken }) => signingSecret !== undefined || appToken !== undefined, {
    path: ['signingSecret'],
    message: 'is needed, or appToken for Socket Mode',
    // Said beside whatever else is wrong.
    when: () => true,
  })
  .refine(({ botToken, oauth }) => botToken !== undefined || oauth !== undefined, {
    path: ['botToken'],
    message: 'is needed (SLACK_BOT_TOKEN), or SLACK_CLIENT_ID and SLACK_CLIENT_SECRET in its place',
  })
export type SlackConfig = z.infer<typeof Slack>

const ZendeskAuth = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('oauth'), clientId: z.string().min(1), clientSecret: z.string().min(1) }),
  z.object({ kind: z.literal('token'), email: z.email(), apiToken: z.string().min(1) }),
])

const Zendesk = z.object({
  url: z.url().refine((url) => new URL(url).pathname === '/', 'must be an origin without a path'),
  auth: ZendeskAuth,
  /** Absent: the account is asked for it. */
  webhookSecret: z.string().min(1).optional(),
  sessionField: z.string().min(1),
  userField: z.string().min(1),
  requests: Pace,
  updates: Pace,
  ticketUpdates: Pace,
})
export type ZendeskConfig = z.infer<typeof Zendesk>

const Oidc = z.object({
  issuer: z.url({ protocol: /^https?$/ }),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  name: z.string().min(1).max(100),
})
const Challenge = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({
    kind: z.literal('http'),
    verifyUrl: z.url({ protocol: /^https?$/ }),
    siteKey: z.string().min(1),
    /** What the widget loads to show it: Turnstile's, or what has a `render` like it. */
    scriptUrl: z
      .url({ protocol: /^https?$/ })
      .default('https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit'),
    /** Where else that loads from, as a Content-Security-Policy names it. */
    scriptSources: z
      .array(z.string().regex(/^https?:\/\/[^\s;,]+$/))
      .max(20)
      .default([]),
    secret: z.string().min(1),
    timeout: ms.default(3_000),
    whenDown: z.enum(['open', 'closed']).default('open'),
  }),
])
export type ChallengeConfig = z.infer<typeof Challenge>

const OwnNetwork = z.string().refine((text) => rangeOf(text) !== null || isHostName(text), {
  error: 'must be a host such as hooks.internal, or a range such as 10.0.0.0/8',
})
const Webhooks = z.object({ allow: z.array(OwnNetwork).max(100) })

const Mail = z.object({
  url: z
    .url({ protocol: /^smtps?$/, error: 'must be an address such as smtps://user:password@mail.example:465' })
    .optional(),
  from: z.email().optional(),
  replyTo: z.email().optional(),
  leftVisitor: z.enum(['smtp', 'zendesk', 'off']).optional(),
  afterGone: ms,
  burst: ms,
  burstMost: ms,
  linkLifetime: ms,
  retryFirst: ms,
  retryMost: ms,
  giveUpAfter: ms,
})
export type MailConfig = z.infer<typeof Mail>

const Audit = z.object({ keepFor: ms, addresses: z.enum(['network', 'whole', 'none']) })
export type AuditConfig = z.infer<typeof Audit>

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
    agents: z.array(CreateAgent),
    signIn: z.object({ sessionLifetime: z.number().int().min(60_000) }),
    oidc: Oidc.optional(),
    trustedProxies: z.union([z.number().int().min(0).max(10), z.array(Range).max(100)]),
    challenge: Challenge,
    webhooks: Webhooks,
    analytics: Analytics,
    limits: Limits,
    times: Times,
    files: Files,
    mail: Mail,
    audit: Audit,
    slack: Slack.optional(),
    zendesk: Zendesk.optional(),
  })
  .refine(({ limits }) => limits.sessionTimeout > limits.sessionTimeoutWarning, {
    path: ['limits', 'sessionTimeoutWarning'],
    message: 'must be shorter than sessionTimeout: it is how long before it the visitor is warned',
  })
  .refine(({ mail }) => mail.url === undefined || mail.from !== undefined, {
    path: ['mail', 'from'],
    message: 'must be the address that emails come from; it is needed with mail.url',
  })
  .refine(({ mail }) => mail.leftVisitor !== 'smtp' || mail.url !== undefined, {
    path: ['mail', 'url'],
    message: 'is needed for mail.leftVisitor: smtp',
  })
  .refine(({ mail, zendesk }) => mail.leftVisitor !== 'zendesk' || zendesk !== undefined, {
    path: ['mail', 'leftVisitor'],
    message: 'is zendesk, which is not connected',
  })
  .refine(({ times }) => times.webhookLease > times.webhookTimeout, {
    path: ['times', 'webhookLease'],
    message: 'must be longer than webhookTimeout, or a call that hangs would be made twice',
  })
  .refine(({ times }) => times.lease > times.callTimeout + times.callMargin, {
    path: ['times', 'lease'],
    message: 'must be longer than callTimeout + callMargin, or no call could ever start',
  })
export type Config = z.infer<typeof Config>
