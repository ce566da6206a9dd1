import type { Secrets } from './secrets.ts'

export interface Part {
  name: string
  /** A script of this project. */
  script: string
  port: number
  /** The variable that chooses the port. */
  portVariable: string
  /** Answers with a success once the part is ready. */
  ready: string
  env: Record<string, string>
}

export interface Plan {
  /** What the service talks to: it starts first and stops last. */
  standIns: Part[]
  own: Part[]
  /** Where a person looks. */
  open: { label: string; url: string }[]
  real: { slack: boolean; zendesk: boolean }
  /** Where the service is asked from here, and by which key as its administrator. */
  service: string
  adminKey: string
}

type Environment = Readonly<Record<string, string | undefined>>

const channel = 'C0SUPPORT01'
const isSet = (env: Environment, ...names: string[]) => names.every((name) => env[name])

/** What runs where: a stand-in for each system whose credentials are not set, the service, the tour. */
export function planParts(
  env: Environment,
  secrets: Secrets,
  stores: { mongodbUrl: string; redisUrl: string },
  data: string,
): Plan {
  const port = Number(env.PORT ?? 3000)
  const tourPort = Number(env.SANDBOX_PORT ?? 3100)
  const publicUrl = env.PUBLIC_URL ?? `http://localhost:${port}`
  const adminKey = env.DESKBRIDGE_ADMIN_KEY ?? secrets.adminKey
  const local = `http://127.0.0.1:${port}`
  const slackUrl = `http://127.0.0.1:${tourPort + 1}`
  const zendeskUrl = `http://127.0.0.1:${tourPort + 2}`
  const real = {
    slack:
      isSet(env, 'SLACK_CHANNEL') &&
      Boolean(env.SLACK_SIGNING_SECRET || env.SLACK_APP_TOKEN) &&
      (isSet(env, 'SLACK_BOT_TOKEN') || isSet(env, 'SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET')),
    zendesk: Boolean(env.ZENDESK_URL || env.ZENDESK_SUBDOMAIN) && Boolean(env.ZENDESK_CLIENT_ID || env.ZENDESK_EMAIL),
  }
  const slackEnv = {
    SLACK_BOT_TOKEN: secrets.slackToken,
    SLACK_SIGNING_SECRET: secrets.slackSigning,
    SLACK_CHANNEL: channel,
    SLACK_CLIENT_ID: 'sandbox-client',
    SLACK_CLIENT_SECRET: 'sandbox-secret',
  }
  const zendeskEnv = {
    ZENDESK_CLIENT_ID: secrets.zendeskClient,
    ZENDESK_CLIENT_SECRET: secrets.zendeskSecret,
    ZENDESK_WEBHOOK_SECRET: secrets.zendeskWebhook,
  }
  const sandbox = { SANDBOX_DATA: `${data}/sandbox` }

  const slack: Part = {
    name: 'slack stand-in',
    script: 'sandbox/slack/main.ts',
    port: tourPort + 1,
    portVariable: 'SANDBOX_PORT',
    ready: `${slackUrl}/sandbox/people`,
    env: {
      ...sandbox,
      ...slackEnv,
      SLACK_EVENTS_URL: `${local}/connectors/slack/events`,
      SLACK_INTERACTIONS_URL: `${local}/connectors/slack/interactivity`,
      SLACK_COMMANDS_URL: `${local}/connectors/slack/commands`,
    },
  }
  const zendesk: Part = {
    name: 'zendesk stand-in',
    script: 'sandbox/zendesk/main.ts',
    port: tourPort + 2,
    portVariable: 'SANDBOX_PORT',
    ready: `${zendeskUrl}/sandbox/people`,
    env: {
      ...sandbox,
      ...zendeskEnv,
      ZENDESK_WEBHOOK_URL: `${local}/connectors/zendesk/webhook`,
      ZENDESK_APP_URL: `${publicUrl}/connectors/zendesk/sidebar`,
    },
  }
  const service: Part = {
    name: 'service',
    script: 'src/main.ts',
    port,
    portVariable: 'PORT',
    ready: `${local}/readyz`,
    env: {
      PORT: String(port),
      PUBLIC_URL: publicUrl,
      DESKBRIDGE_DATA: data,
      MONGODB_URL: stores.mongodbUrl,
      REDIS_URL: stores.redisUrl,
      DESKBRIDGE_SECRET: env.DESKBRIDGE_SECRET ?? secrets.service,
      DESKBRIDGE_ADMIN_KEY: adminKey,
      ...(!real.slack && { ...slackEnv, SLACK_API_URL: `${slackUrl}/api/` }),
      ...(!real.zendesk && { ...zendeskEnv, ZENDESK_URL: zendeskUrl }),
    },
  }
  const tour: Part = {
    name: 'tour',
    script: 'sandbox/tour/main.ts',
    port: tourPort,
    portVariable: 'SANDBOX_PORT',
    ready: `http://127.0.0.1:${tourPort}/healthz`,
    env: {
      PUBLIC_URL: publicUrl,
      SLACK_CHANNEL: channel,
      ...(!real.slack && { SLACK_SANDBOX_URL: slackUrl }),
      ...(!real.zendesk && { ZENDESK_SANDBOX_URL: zendeskUrl }),
    },
  }
  return {
    standIns: [...(real.slack ? [] : [slack]), ...(real.zendesk ? [] : [zendesk])],
    own: [service, tour],
    open: [
      { label: 'the tour', url: `http://127.0.0.1:${tourPort}` },
      { label: 'the console', url: `${publicUrl}/console` },
      { label: 'the service', url: publicUrl },
    ],
    real,
    service: local,
    adminKey,
  }
}
